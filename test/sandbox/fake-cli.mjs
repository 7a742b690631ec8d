// Stands for the built program: it writes down how it was called, in its home folder, and serves its health.
import { appendFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'

const [, , ...args] = process.argv
appendFileSync(join(process.env.HOME, 'calls'), `${JSON.stringify({ args, env: process.env })}\n`)

if (args[0] === 'keys') {
  process.stdout.write(`HALLPASS_SIGNING_KEY=key-${process.pid}\nHALLPASS_CODE_KEY=codes-${process.pid}\n`)
}
if (args[0] === 'serve' || args[0] === 'verify') {
  createServer((request, response) => {
    response.end('ok')
    if (request.url === '/die') response.once('close', () => process.exit(7))
  }).listen(Number(process.env.PORT ?? process.env.HALLPASS_VERIFY_PORT), '127.0.0.1')
}
