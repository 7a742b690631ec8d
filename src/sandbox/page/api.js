/** @typedef {import('../page-api.ts').Answer} Answer */

/**
 * Sends one change. Never rejects: what went wrong becomes the notice of the answer.
 * @param {string} path below /api/
 * @param {object} body
 * @returns {Promise<Answer & { says?: string, asked?: string }>}
 */
export async function post(path, body) {
  try {
    const response = await fetch(`/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return await response.json()
  } catch {
    return { ok: false, notice: 'The workspace does not answer. Is it still running?' }
  }
}

/**
 * How far the sandbox' start is; undefined when nothing answers.
 * @returns {Promise<import('../page-api.ts').Progress | undefined>}
 */
export async function readProgress() {
  try {
    const response = await fetch('/api/progress')
    return response.ok ? await response.json() : undefined
  } catch {
    return undefined
  }
}
