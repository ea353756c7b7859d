import type { Rule } from "../src/rule/rule.js";
import { noKindMismatch } from "./metadata/no-kind-mismatch.js";
import { noLegacyMetadataKey } from "./metadata/no-legacy-metadata-key.js";
import { noUnregisteredPlugin } from "./metadata/no-unregistered-plugin.js";
import { requirePluginMetadata } from "./metadata/require-plugin-metadata.js";
import { noMisplacedMount } from "./routes/no-misplaced-mount.js";
import { noMountReorder } from "./routes/no-mount-reorder.js";
import { noPublishedInternalRouter } from "./routes/no-published-internal-router.js";
import { noRouteLiteralInPackage } from "./routes/no-route-literal-in-package.js";
import { noSharedTriggerRouter } from "./routes/no-shared-trigger-router.js";
import { noUngatedRpc } from "./routes/no-ungated-rpc.js";
import { noUnprovableMount } from "./routes/no-unprovable-mount.js";
import { noUnsignedIngress } from "./routes/no-unsigned-ingress.js";
import { noUntestedFamily } from "./routes/no-untested-family.js";
import { noWrongTransport } from "./routes/no-wrong-transport.js";
import { noDeepImport } from "./composition/no-deep-import.js";
import { noHostImportInManifest } from "./composition/no-host-import-in-manifest.js";
import { noImpureManifest } from "./composition/no-impure-manifest.js";
import { noLocalComposition } from "./composition/no-local-composition.js";
import { noSecondAuthority } from "./composition/no-second-authority.js";
import { noAdapterBootstrap } from "./authority/no-adapter-bootstrap.js";
import { noBoundaryContractInPackage } from "./authority/no-boundary-contract-in-package.js";
import { noCrossProjectRelativeImport } from "./authority/no-cross-project-relative-import.js";
import { noDuplicateAuthority } from "./authority/no-duplicate-authority.js";
import { noPluginToPluginImport } from "./authority/no-plugin-to-plugin-import.js";
import { noUnprovableImport } from "./authority/no-unprovable-import.js";
import { noUpwardImport } from "./authority/no-upward-import.js";
import { noBridgeLeak } from "./convergence/no-bridge-leak.js";
import { noExitDueSoon } from "./convergence/no-exit-due-soon.js";
import { noOpenEndedBridge } from "./convergence/no-open-ended-bridge.js";
import { noOverdueBridge } from "./convergence/no-overdue-bridge.js";
import { noDeadPolicy } from "./guard/no-dead-policy.js";
import { noOpenEndedSuppression } from "./guard/no-open-ended-suppression.js";

/** Every rule, in the order of families and names. Generated: `pnpm generate`. */
export const rules: readonly Rule[] = [
  noKindMismatch,
  noLegacyMetadataKey,
  noUnregisteredPlugin,
  requirePluginMetadata,
  noMisplacedMount,
  noMountReorder,
  noPublishedInternalRouter,
  noRouteLiteralInPackage,
  noSharedTriggerRouter,
  noUngatedRpc,
  noUnprovableMount,
  noUnsignedIngress,
  noUntestedFamily,
  noWrongTransport,
  noDeepImport,
  noHostImportInManifest,
  noImpureManifest,
  noLocalComposition,
  noSecondAuthority,
  noAdapterBootstrap,
  noBoundaryContractInPackage,
  noCrossProjectRelativeImport,
  noDuplicateAuthority,
  noPluginToPluginImport,
  noUnprovableImport,
  noUpwardImport,
  noBridgeLeak,
  noExitDueSoon,
  noOpenEndedBridge,
  noOverdueBridge,
  noDeadPolicy,
  noOpenEndedSuppression,
];
