/** Where a command writes to. */
export interface Stream {
  write(text: string): void;
  readonly isTTY: boolean;
}

/** All that the command line knows of the process it runs in; tests bring their own. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Stream;
  readonly stderr: Stream;
}

/** `0` nothing new, `1` findings, `2` the run is not to be trusted; never a count. */
export type ExitCode = 0 | 1 | 2;
