import { z } from 'zod'

const server = z.object({ major: z.number().int(), encrypted: z.boolean(), address: z.string().nullable() })

/** `address` is null on a socket of this machine. */
export type Server = Readonly<z.output<typeof server>>

/** The server as it describes itself. */
export function readServer(row: unknown): Server | undefined {
  return server.safeParse(row).data
}

const clock = z.object({ now: z.coerce.number() })

/** The server's clock, epoch milliseconds. */
export function readClock(row: unknown): number | undefined {
  return clock.safeParse(row).data?.now
}

const column = z.object({ table: z.string(), column: z.string() })

/** A column of a table, by their names. */
export type Column = Readonly<z.output<typeof column>>

/** One row of a list of columns. */
export function readColumn(row: unknown): Column | undefined {
  return column.safeParse(row).data
}
