/** How the composition can be drawn. */
export const mapFormats = ["json", "mermaid", "html"] as const;
export type MapFormat = (typeof mapFormats)[number];
