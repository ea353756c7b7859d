const GOES = String.raw`\b(?:remov(?:e|es|ed|al|able|ing)|delet(?:e|es|ed|ion|ing)|retir(?:e|es|ed|ement|ing)|drop(?:s|ped|ping)?|goes away|go away|disappears?)\b`;
const WHEN = String.raw`\b(?:when(?:ever)?|once|after|until|as soon as)\b`;

/** "Remove this once …", "kept until …, then deleted". */
const FORWARD = new RegExp(`${GOES}[^]*?${WHEN}(?<condition>[^]*)$`, "iu");
const BACKWARD = new RegExp(`${WHEN}(?<condition>[^]*?)${GOES}`, "iu");

const DAY = String.raw`(?<day>\d{4}-\d{2}-\d{2})\b`;
const GOES_ON = new RegExp(String.raw`${GOES}[^;]*?\b(?:after|until|by|on|before|once)\s+${DAY}`, "iu");
const UNTIL_GONE = new RegExp(String.raw`\b(?:after|until|by|once)\s+${DAY}[^]*?${GOES}`, "iu");

/** A condition that is none. */
const EMPTY =
  /^\s*(?:it(?:'s| is)\s+)?(?:possible|convenient|feasible|ready|able|appropriate|needed|necessary|later|someday|time permits|there(?:'s| is) time|(?:we|you|someone) (?:can|could|have time|has time|gets? (?:to it|around to it|time))|it makes sense|a while|some time)?\s*[.!]*\s*$/iu;

/** "Never removed when the cache is cleared" says that something stays. */
const STAYS = /\b(?:never|not|n't|cannot)\s+(?:be\s+|been\s+)?(?:remov|delet|retir|drop)\w*\s+(?:when|once|after)\b/iu;

/** Whether prose says when something goes: "remove … once …". */
export function saysWhenItGoes(prose: string): boolean {
  return sentencesOf(prose).some((sentence) => {
    if (STAYS.test(sentence)) return false;
    const condition = FORWARD.exec(sentence)?.groups?.["condition"] ?? BACKWARD.exec(sentence)?.groups?.["condition"];
    return condition !== undefined && !EMPTY.test(condition);
  });
}

/** The day that prose gives for the end of something: "remove after 2026-12-01". */
export function dayItGoes(prose: string): string | undefined {
  return sentencesOf(prose)
    .filter((sentence) => !STAYS.test(sentence))
    .map((sentence) => (GOES_ON.exec(sentence) ?? UNTIL_GONE.exec(sentence))?.groups?.["day"])
    .find((day) => day !== undefined);
}

function sentencesOf(prose: string): string[] {
  return prose.split(/\n\s*\n|(?<=[.!?;])\s+(?=[A-Z`])/u).map((sentence) => sentence.replaceAll(/\s+/gu, " "));
}
