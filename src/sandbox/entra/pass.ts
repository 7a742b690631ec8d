import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

import type { DirectoryState, Pass, PassPolicy } from './state.schema.ts'

const derive = promisify<string, Buffer, number, Buffer>(scrypt)

/** What Graph says in `methodUsabilityReason`. */
export type Usability = 'EnabledByPolicy' | 'DisabledByPolicy' | 'Expired' | 'NotYetValid' | 'OneTimeUsed'

/** When the pass stops working, epoch milliseconds. */
export const passEnd = (pass: Pass): number =>
  Date.parse(pass.startDateTime) + pass.lifetimeInMinutes * 60_000

/** How usable a user's pass is at an instant of the directory's clock (epoch milliseconds). */
export function usabilityOf(pass: Pass, userId: string, state: DirectoryState, now: number): Usability {
  if (pass.used) return 'OneTimeUsed'
  if (now >= passEnd(pass)) return 'Expired'
  if (!mayHavePass(state, userId)) return 'DisabledByPolicy'
  if (state.passPolicy.isUsableOnce && !pass.isUsableOnce) return 'DisabledByPolicy'
  if (now < Date.parse(pass.startDateTime)) return 'NotYetValid'
  return 'EnabledByPolicy'
}

/** Whether the policy lets this user have a pass: the method is on, and the user is included and not excluded. */
export function mayHavePass(state: DirectoryState, userId: string): boolean {
  const { passPolicy, groups } = state
  const isMember = (groupId: string) =>
    groups.some((group) => group.id === groupId && group.members.includes(userId))
  const names = (target: PassPolicy['excludeTargets'][number]) =>
    target.targetType === 'user' ? target.id === userId : target.id === 'all_users' || isMember(target.id)
  if (passPolicy.state === 'disabled') return false
  return passPolicy.includeTargets.some(names) && !passPolicy.excludeTargets.some(names)
}

/** A random code as long as the policy says, with the symbols that real ones have, without letters easily mistaken. */
export function randomPassCode(length: number): string {
  const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789!#$%&*+@^'
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
}

/** What is kept of a code, so that sign-in can check it and nobody can read it. */
export async function hashCode(code: string): Promise<Pick<Pass, 'salt' | 'hash'>> {
  const salt = randomBytes(16)
  return { salt: salt.toString('base64'), hash: (await derive(code, salt, 32)).toString('base64') }
}

/** Whether this is the code of the pass, compared in constant time. */
export async function isCodeOf(pass: Pass, code: string): Promise<boolean> {
  const hash = await derive(code, Buffer.from(pass.salt, 'base64'), 32)
  return timingSafeEqual(hash, Buffer.from(pass.hash, 'base64'))
}

/** An instant as the directory writes creation times: six digits after the second, which readers must survive. */
export const creationTime = (now: number): string =>
  `${new Date(now).toISOString().slice(0, -1)}${String(randomInt(1000)).padStart(3, '0')}Z`
