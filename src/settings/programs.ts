import type { z } from 'zod'
import { codecShape } from './codec-config.schema.ts'
import { applicationsOf, shapeOf, type Program } from './config.schema.ts'
import type { ApplicationName } from './entra-applications.ts'
import { verifyShape } from './verify-config.schema.ts'

/** Everything of Hallpass that runs until it is stopped. */
export type AnyProgram = Program | 'verify' | 'codec'

/** Whether it has the bot's or the worker's part, and with that Slack and Temporal. */
export function isServer(program: AnyProgram): program is Program {
  return program !== 'verify' && program !== 'codec'
}

/** The variables that a program reads, with how each is read. */
export function settingsOf(program: AnyProgram): Readonly<Record<string, z.ZodType>> {
  if (isServer(program)) return shapeOf(program)
  return program === 'verify' ? verifyShape : codecShape
}

/** Whether a setting was read into a text or a number; what is something else is a list of secrets. */
export function isPlain(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

/** The applications of Entra that a program may be given; the check asks nobody there. */
export function entraOf(program: AnyProgram): readonly ApplicationName[] {
  if (isServer(program)) return applicationsOf(program)
  return program === 'verify' ? [] : ['reader']
}
