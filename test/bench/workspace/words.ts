import type { Random } from "./random.js";

/** Things that a business system is about. */
export const NOUNS = words(`
  account address agenda alert amount answer approval archive article asset attempt audit balance batch billing booking branch budget
  bundle calendar campaign card carrier cart case category claim client clinic comment commission company condition contact contract
  country coupon course credit currency customer deadline debit decision delivery department deposit device diagram discount dispute
  document draft driver duty engine entry envelope error estimate event expense factor fee field filter fleet folder forecast fragment
  gateway goal grade grant group guest handover holiday hour incident index insight interest interval invitation invoice issue item
  journey label lead league ledger lesson letter level license limit list loan location machine mandate margin market member memo
  merchant message meter milestone minute mission model month notice offer office operator option order outlet owner parcel partner
  party patient payment payout penalty period permit phase photo pickup plan player policy portal position premium price product
  profile project promise proposal province purchase quarter question queue quota quote rank rate reading reason receipt record refund
  region release reminder rental reply report request reservation resource result return review reward risk role room route sale sample
  schedule score season seat sector segment sensor session share shelf shift shipment signal site slot source stage station statement
  status stock storage store strategy subject subscription summary supplier supply surface survey symbol target task tax team tenant
  term terminal ticket title token topic tour track trade trail transfer trip trend unit update user vacancy value variant vehicle
  vendor venue version visit volume voucher wallet warehouse warning warranty week weight window worker zone
`);

/** What a business system does. */
export const VERBS = words(`
  accept add adjust admit advance allocate announce apply approve archive arrange assemble assess assign attach balance bill book build
  calculate cancel capture charge check choose claim classify clean close collect combine compare complete compose confirm convert
  correct count cover create credit decline deduct deliver derive describe detect divide draft drop enrich enroll estimate evaluate
  exclude expand expire extend extract fetch filter find finish fold forecast format forward freeze fulfil gather grade grant group
  hold import include inspect invite issue join keep lend limit list load lock match measure merge move name normalise note notify
  offer open order pack parse pause pay pick place plan post prepare price print process project promote propose provide prune
  publish purge rank rate read rebuild receive record reduce refuse register reject release remind remove render renew repair replace
  report require reserve resolve restore resume retry return review revoke reward round route sample save scale schedule score
  select send settle share ship shorten sign skip sort split stage start stop store submit summarise suspend swap sync tag total
  trace track transfer trim update validate verify visit weigh withdraw
`);

const QUALITIES = words(`
  active annual archived available average basic blocked bulk cached central closed common current daily default delayed direct distinct
  domestic double due early eligible empty entire external extra fast final first fixed foreign free frozen full gross half hidden
  hourly idle initial inner internal joint known large last late latest legal linked live local long lost main major manual maximum
  minimum minor missing mixed mobile monthly nested net next nominal normal open optional outer overdue paid partial past pending
  perfect planned possible previous primary prime private public quick rare raw ready recent regional regular related relative remote
  safe secondary shared short signed silent simple single small sorted special stable stale standard static strict strong tentative
  total unique unpaid upper urgent usual valid vacant virtual warm weekly whole
`);

const LINKS = words(`
  about across after against along among around before behind below beside between beyond during except inside near through toward
  under until within without
`);

export function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

export function camel(parts: readonly string[]): string {
  return parts.map((part, index) => (index === 0 ? part : capitalise(part))).join("");
}

export function pascal(parts: readonly string[]): string {
  return parts.map(capitalise).join("");
}

export function kebab(parts: readonly string[]): string {
  return parts.join("-");
}

/** Two words that name a thing: "overdue invoice", "payment window". */
export function thing(random: Random): string[] {
  return [random.chance(0.5) ? draw(random, QUALITIES) : draw(random, NOUNS), draw(random, NOUNS)];
}

/** Two or three words that name an action: "settle overdue invoice". */
export function action(random: Random): string[] {
  return [draw(random, VERBS), ...(random.chance(0.6) ? [draw(random, QUALITIES)] : []), draw(random, NOUNS)];
}

/** A sentence without its full stop. */
export function sentence(random: Random): string {
  const parts = [draw(random, VERBS), "the", ...thing(random)];
  if (random.chance(0.7)) parts.push(draw(random, LINKS), "each", draw(random, NOUNS));
  if (random.chance(0.3)) parts.push("so that the", draw(random, NOUNS), "stays", draw(random, QUALITIES));
  return capitalise(parts.join(" "));
}

export function noun(random: Random): string {
  return draw(random, NOUNS);
}

function draw(random: Random, list: readonly string[]): string {
  return random.any(list) ?? "item";
}

function words(text: string): readonly string[] {
  return [...new Set(text.trim().split(/\s+/u))];
}
