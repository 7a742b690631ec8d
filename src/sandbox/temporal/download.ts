import { execFile } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { makeWhole } from './workshop.ts'

export type Download = {
  /** The address of the archive without platform and architecture. */
  readonly from: string
  readonly target: string
  readonly ticks: (sentence: string) => void
  readonly signal: AbortSignal
}

const answerWithin = 5_000
const pauseAtMost = 15_000
const megabyte = 1024 * 1024

/** Downloads and unpacks the Temporal CLI for this machine. Rejects within seconds when nobody answers. */
export async function download({ from, target, ticks, signal }: Download): Promise<void> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const url = `${from}?platform=${platform}&arch=${process.arch === 'x64' ? 'amd64' : process.arch}`
  await makeWhole(target, async (folder) => {
    const archive = join(folder, 'archive')
    await fetchTo(url, archive, ticks, signal)
    await promisify(execFile)('tar', ['-xf', archive, '-C', folder], { signal })
    return join(folder, process.platform === 'win32' ? 'temporal.exe' : 'temporal')
  })
}

async function fetchTo(
  url: string,
  file: string,
  ticks: Download['ticks'],
  signal: AbortSignal,
): Promise<void> {
  const silence = new AbortController()
  const giveUp = (after: number) =>
    setTimeout(() => silence.abort(new Error(`no answer for ${after / 1000} s`)), after)
  let patience = giveUp(answerWithin)
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, silence.signal]) })
    if (!response.ok || !response.body) throw new Error(`the answer was ${response.status}`)
    const length = Number(response.headers.get('content-length'))
    const body = response.body
    async function* watched() {
      let bytes = 0
      for await (const chunk of body) {
        clearTimeout(patience)
        patience = giveUp(pauseAtMost)
        bytes += chunk.byteLength
        ticks(`Downloading Temporal: ${megabytes(bytes)} of ${megabytes(length)} MB.`)
        yield chunk
      }
      if (length > 0 && bytes !== length) throw new Error('the download was cut off')
    }
    await pipeline(watched, createWriteStream(file))
  } finally {
    clearTimeout(patience)
  }
}

function megabytes(bytes: number): string {
  return (bytes / megabyte).toFixed(0)
}
