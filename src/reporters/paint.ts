import { styleText } from "node:util";

/** Puts a text in a style, or leaves it as it is where there is no colour. */
export type Paint = (style: "red" | "yellow" | "green" | "cyan" | "dim" | "bold" | "underline", text: string) => string;

/** @param color whether the text goes to something that shows colour, which only the caller can know */
export function painter(color: boolean): Paint {
  return (style, text) => (color ? styleText(style, text, { validateStream: false }) : text);
}
