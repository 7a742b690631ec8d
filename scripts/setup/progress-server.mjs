import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const files = {
  '/': ['progress.html', 'text/html; charset=utf-8'],
  '/progress.js': ['progress.js', 'text/javascript; charset=utf-8'],
  '/progress.css': ['progress.css', 'text/css; charset=utf-8'],
}

/**
 * The page that is there before anything is installed: it shows `progress()` and polls it, and leaves
 * the port to the sandbox's own page after `close`. Rejects when the port is taken.
 *
 * @param {number} port 0 takes a free one
 * @param {() => unknown} progress
 * @returns {Promise<{ port: number, close: () => Promise<void> }>}
 */
export function startProgressServer(port, progress) {
  const server = createServer((request, response) => answer(request, response, progress))
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () =>
      resolve({ port: server.address().port, close: () => closeNow(server) }),
    )
  })
}

function answer(request, response, progress) {
  // Another site's page may reach this port under a name of its own (DNS rebinding).
  if (!/^(127\.0\.0\.1|localhost):\d+$/.test(request.headers.host ?? ''))
    return void response.writeHead(421).end()
  response.setHeader('cache-control', 'no-store')
  response.setHeader('content-security-policy', "default-src 'self'")
  const path = request.url?.split(/[?#]/)[0]
  // The page tells by this header that it still talks to the set-up and not to the sandbox.
  if (path === '/api/progress') {
    response.writeHead(200, { 'content-type': 'application/json', 'x-hallpass-setup': '1' })
    return void response.end(JSON.stringify(progress()))
  }
  const file = files[path]
  if (!file) return void response.writeHead(404).end()
  response.writeHead(200, { 'content-type': file[1] })
  response.end(readFileSync(new URL(`./page/${file[0]}`, import.meta.url)))
}

function closeNow(server) {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
