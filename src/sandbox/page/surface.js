import { createContext } from './vendor/preact.js'

/**
 * Where blocks are drawn, and what happens when somebody uses them.
 * @typedef {object} Surface
 * @property {import('./form.js').Values} values what people changed
 * @property {(blockId: string, actionId: string, state: import('./form.js').ElementState) => void} setValue
 * @property {(blockId: string, actionId: string, state?: import('./form.js').ElementState) => Promise<unknown>} act
 * @property {Readonly<Record<string, string>>} errors by block id
 */

/** @type {Surface} */
const nowhere = { values: {}, setValue: () => undefined, act: () => Promise.resolve(undefined), errors: {} }

/** The message or view around a block. */
export const SurfaceContext = createContext(nowhere)
