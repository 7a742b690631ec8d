import { createServer } from 'node:net'

/** A port of 127.0.0.1 that is free now, for programs that can't take port 0 themselves. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('No free port was given.'))
        else resolve(address.port)
      })
    })
  })
}
