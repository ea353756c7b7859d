/** What ends a command with exit 2 and one clear sentence: a wrong call, or a place that cannot be read or written. */
export class CliError extends Error {}
