import { createServer } from 'node:net'

const [lowest, highest] = [20_000, 32_000]

/**
 * Gives free ports of 127.0.0.1, each once. They are below those that the system gives to connections, and below 32,768:
 * Temporal keeps the ports of its parts in PostgreSQL as signed numbers of two bytes.
 */
export function lowPorts(): () => Promise<number> {
  let next = lowest + (process.pid % 1000) * 10
  return async () => {
    while (next < highest) {
      next += 1
      if (await isFree(next)) return next
    }
    throw new Error(`No port from ${lowest} to ${highest} is free.`)
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
