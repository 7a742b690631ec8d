import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createPool } from '../../src/adapters/postgres/pool.ts'
import { gateway, startVerifying, type Verifying } from '../radius/verify.ts'
import { openLoop, quantile } from './open-loop.ts'

const perSecond = 200
/** Questions in one round; rounds of floor and product take turns in the same process, server and database. */
const inRound = 1_000
const rounds = 3

let verifying: Verifying
let floor: { readonly url: string; readonly server: Server; readonly stop: () => Promise<void> }

beforeAll(async () => {
  verifying = await startVerifying()
  floor = await startFloor(verifying)
})
afterAll(async () => {
  await floor.stop()
  await verifying.close()
})

/** A bare Node server that does one indexed insert for each question. */
async function startFloor({ database }: Verifying): Promise<typeof floor> {
  const owner = new Client({ connectionString: database.superuserUrl })
  await owner.connect()
  await owner.query(
    'create table bench_floor (id bigint generated always as identity primary key, name text, at timestamptz default now())',
  )
  await owner.query('create index on bench_floor (name)')
  await owner.query('grant insert on bench_floor to public')
  await owner.end()
  const pool = createPool(database.programUrl)
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      void pool
        .query('insert into bench_floor (name) values ($1)', ['dana'])
        .then(() => response.writeHead(204).end())
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const stop = async (): Promise<void> => {
    server.close()
    server.closeAllConnections()
    await pool.end()
  }
  return { url: `http://127.0.0.1:${port}`, server, stop }
}

function asker(url: string, path: string, expected: number) {
  return async (userName: string, code: string): Promise<void> => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${gateway.name}.${gateway.secret}` },
      body: JSON.stringify({ 'User-Name': { value: [userName] }, 'User-Password': { value: [code] } }),
    })
    await answer.arrayBuffer()
    if (answer.status !== expected) throw new Error(`Answered ${answer.status}.`)
  }
}

it('POST /verify/radius against one indexed insert', async () => {
  const users: { readonly name: string; readonly code: string }[] = []
  for (let index = 0; index < inRound * rounds; index += 1) {
    const name = `bench-${index}`
    users.push({ name, code: (await verifying.issue({ userName: name })).code })
  }
  const product = asker(verifying.url, '/verify/radius', 204)
  const bare = asker(floor.url, '/', 204)
  const refused = asker(verifying.url, '/verify/radius', 401)
  const times = { floor: [] as number[], letIn: [] as number[], notLetIn: [] as number[] }
  await openLoop(perSecond, perSecond, () => bare('warm', 'up'))
  for (let round = 0; round < rounds; round += 1) {
    times.floor.push(...(await openLoop(perSecond, inRound, () => bare('dana', 'x'))))
    const ours = users.slice(round * inRound, (round + 1) * inRound)
    const ask = (index: number): Promise<void> => product(ours[index]?.name ?? '', ours[index]?.code ?? '')
    times.letIn.push(...(await openLoop(perSecond, inRound, ask)))
    times.notLetIn.push(
      ...(await openLoop(perSecond, inRound, (index) => refused(`stranger-${round}-${index}`, 'wrong'))),
    )
  }
  report(times)
  expect(times.letIn).toHaveLength(inRound * rounds)
})

function report(times: Readonly<Record<'floor' | 'letIn' | 'notLetIn', readonly number[]>>): void {
  const lines = (['letIn', 'notLetIn'] as const).map((what) => {
    const ratios = [0.5, 0.99].map((share) => {
      const [ours, bare] = [quantile(times[what], share), quantile(times.floor, share)]
      return `p${share * 100} ${ours.toFixed(1)} ms / ${bare.toFixed(1)} ms = ${(ours / bare).toFixed(2)}`
    })
    return `${what}: ${ratios.join(', ')}`
  })
  process.stdout.write(`${perSecond} a second, ${inRound * rounds} each.\n${lines.join('\n')}\n`)
}
