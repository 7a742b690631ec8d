export const clock = Date.now() // refused: no-restricted-globals
export const zone = new Intl.DateTimeFormat() // refused: no-restricted-globals
export const env = process.env // refused: no-restricted-globals
export const call = fetch('http://127.0.0.1') // refused: no-restricted-globals
export const hash = crypto.randomUUID() // refused: no-restricted-globals
export const tick = performance.now() // refused: no-restricted-globals
export const timer = setTimeout(() => {}, 1) // refused: no-restricted-globals
export const repeat = setInterval(() => {}, 1) // refused: no-restricted-globals
export const bytes = Buffer.from('') // refused: no-restricted-globals
export const hidden = globalThis.fetch // refused: no-restricted-globals
export const node = global.process // refused: no-restricted-globals
export const soon = setImmediate(() => {}) // refused: no-restricted-globals
export const log = console.log('') // refused: no-console
export const dice = Math.random() // refused: no-restricted-properties

export const first = [2, 1].at(0)
export const rounded = Math.round(1.5)
export const later = Promise.resolve(1)
