const anySpace = /[\t-\r\u0085\u2800\p{Z}]+/gu
const invisible = /(?!\u200D|\uFE0F)[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu
/** Joiners and emoji selectors belong inside emoji; anywhere else they are invisible letters. */
const strayJoiner = /(?<!\p{Emoji}\uFE0F?)\u200D|\u200D(?!\p{Extended_Pictographic})|(?<!\p{Emoji})\uFE0F/gu

/**
 * Free text made safe to store, compare and show: one space for every kind and run of white space, without control
 * characters, direction marks and invisible letters, which could make a reason read differently from what was typed.
 * Emoji survive.
 */
export function cleanText(text: string): string {
  return text
    .replaceAll(anySpace, ' ')
    .replaceAll(invisible, '')
    .replaceAll(strayJoiner, '')
    .normalize('NFC')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
}

/** The beginning of a clean text, at most so many UTF-16 units (Slack counts so) and without half an emoji. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : cleanText(text.slice(0, most))
}
