/** Flags that every command takes. */
export interface CommonOptions {
  readonly root?: string;
  readonly config?: string;
  readonly color?: boolean;
  readonly debug?: boolean;
}
