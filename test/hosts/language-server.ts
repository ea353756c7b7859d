import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import {
  ConfigurationRequest,
  createMessageConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  type DocumentDiagnosticReport,
  InitializedNotification,
  InitializeRequest,
  type MessageConnection,
  RegistrationRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

/** The ESLint server of an editor, spoken to as an editor does: over stdio, pulling diagnostics. */
export interface LanguageServer {
  /** Opens a document as the editor holds it, saved or not. */
  open(file: string, languageId: string, text: string): Promise<void>;
  /** Replaces the text of an open document without saving. */
  change(file: string, text: string): Promise<void>;
  close(file: string): Promise<void>;
  /** What is squiggled in an open document right now. */
  diagnostics(file: string): Promise<readonly Diagnostic[]>;
  stop(): Promise<void>;
}

/** Starts the server on a folder that has an eslint.config.js and ESLint in its node_modules. */
export async function startLanguageServer(folder: string): Promise<LanguageServer> {
  const packageJson = createRequire(import.meta.url).resolve("vscode-langservers-extracted/package.json");
  const server = spawn(process.execPath, [path.join(path.dirname(packageJson), "bin/vscode-eslint-language-server"), "--stdio"], {
    cwd: folder,
  });
  const connection = createMessageConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  const workspaceFolder = { uri: uriOf(folder), name: path.basename(folder) };
  answerServer(connection, workspaceFolder);
  connection.listen();

  await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: workspaceFolder.uri,
    workspaceFolders: [workspaceFolder],
    capabilities: { workspace: { configuration: true, workspaceFolders: true, diagnostics: {} }, textDocument: { diagnostic: {} } },
  });
  await connection.sendNotification(InitializedNotification.type, {});

  const versions = new Map<string, number>();
  return {
    async open(file, languageId, text) {
      versions.set(file, 1);
      await connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri: uriOf(file), languageId, version: 1, text },
      });
    },
    async change(file, text) {
      const version = (versions.get(file) ?? 0) + 1;
      versions.set(file, version);
      await connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri: uriOf(file), version },
        contentChanges: [{ text }],
      });
    },
    close: (file) => connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri: uriOf(file) } }),
    async diagnostics(file) {
      const report: DocumentDiagnosticReport = await connection.sendRequest(DocumentDiagnosticRequest.type, {
        textDocument: { uri: uriOf(file) },
      });
      if (report.kind !== "full") throw new Error("the server was not asked for unchanged reports");
      return report.items;
    },
    async stop() {
      connection.end();
      connection.dispose();
      server.kill();
      if (server.exitCode === null) await new Promise((resolve) => server.once("exit", resolve));
    },
  };
}

function answerServer(connection: MessageConnection, workspaceFolder: { readonly uri: string; readonly name: string }): void {
  const settings = {
    validate: "on",
    packageManager: "npm",
    useESLintClass: true,
    useFlatConfig: true,
    experimental: { useFlatConfig: false },
    codeAction: { disableRuleComment: { enable: true, location: "separateLine" }, showDocumentation: { enable: true } },
    codeActionOnSave: { mode: "all" },
    format: false,
    quiet: false,
    onIgnoredFiles: "off",
    options: {},
    // Without these two the server answers every pull with nothing.
    problems: { shortenToSingleLine: false },
    rulesCustomizations: [],
    run: "onType",
    nodePath: null,
    workingDirectory: { mode: "location" },
    workspaceFolder,
  };
  connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => settings));
  connection.onRequest(RegistrationRequest.type, () => undefined);
  // The server's own requests (confirm execution, no library found, open documentation): an editor would ask its user.
  connection.onRequest(() => null);
}

function uriOf(file: string): string {
  return pathToFileURL(file).href;
}
