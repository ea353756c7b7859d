/** This day in UTC, `YYYY-MM-DD`: wherever it runs, the same moment is the same day. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
