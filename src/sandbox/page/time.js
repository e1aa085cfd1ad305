// Moments as people read them: of messages, and of timestamps in texts (<t:…:R> and its like).

const format = (options) => new Intl.DateTimeFormat("en-US", options);
const CLOCK = format({ hour: "numeric", minute: "2-digit" });
const SECONDS = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 });
const FULL = format({ dateStyle: "full", timeStyle: "short" });
// https://docs.discord.com/developers/reference#message-formatting-timestamp-styles
const STYLES = {
  t: CLOCK,
  T: format({ hour: "numeric", minute: "2-digit", second: "2-digit" }),
  d: format({ dateStyle: "short" }),
  D: format({ dateStyle: "long" }),
  f: format({ dateStyle: "long", timeStyle: "short" }),
  F: FULL,
};
const UNITS = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
const RELATIVE = new Intl.RelativeTimeFormat("en-US", { numeric: "auto" });

/** The hour of a message. */
export const clock = (moment) => CLOCK.format(moment);
/** Day and hour, written out. */
export const full = (moment) => FULL.format(moment);
/** To the millisecond, for the wire. */
export const exact = (moment) => SECONDS.format(moment);

/** "in 3 days", "2 hours ago". */
export function relative(moment, now = Date.now()) {
  const seconds = Math.round((moment - now) / 1000);
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? UNITS.at(-1);
  return RELATIVE.format(Math.round(seconds / size), unit);
}

/** A moment in one of the styles of a text's timestamp. */
export function styled(moment, style = "f") {
  return style === "R" ? relative(moment) : (STYLES[style] ?? STYLES.f).format(moment);
}
