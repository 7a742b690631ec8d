import { execFile } from 'node:child_process'
import { radclient } from './installed.ts'

/** Where a gateway asks, and what it proves itself with. */
export type Gateway = {
  readonly port: number
  /** Holds the secret that the gateway shares with FreeRADIUS: arguments are seen by everybody on the machine. */
  readonly secretFile: string
  /** How long it waits; seconds. */
  readonly patience: number
}

/**
 * Sends these attributes as an Access-Request and returns what `radclient` prints, which is nothing when nobody
 * answered. What the attributes hold is neither an argument nor in a file.
 */
export function sendAttributes(
  { port, secretFile, patience }: Gateway,
  attributes: Readonly<Record<string, string>>,
): Promise<string> {
  const request = Object.entries(attributes).map(
    // A State is bytes that the server has given. Everything else is a text, which double quotes would expand.
    ([name, value]) => `${name} = ${name === 'State' ? value : quoted(value)}`,
  )
  const args = ['-x', '-r', '1', '-t', String(patience), '-S', secretFile, `127.0.0.1:${port}`, 'auth']
  return new Promise((resolve) => {
    // It ends with an error when somebody is rejected: what it prints says what happened.
    const child = execFile(radclient, args, { env: {} }, (_error, stdout) => resolve(answerIn(stdout)))
    child.stdin?.end(`${[...request, 'Message-Authenticator = 0x00'].join(', ')}\n`)
  })
}

function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`
}

/** Without the request, which `radclient` repeats. */
function answerIn(output: string): string {
  const start = output.indexOf('Received ')
  return start === -1 ? '' : output.slice(start)
}
