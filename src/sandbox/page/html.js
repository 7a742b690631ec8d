import htm from './vendor/htm.js'
import { h } from './vendor/preact.js'

/** Tagged template that builds Preact elements without a build step. */
export const html = htm.bind(h)
