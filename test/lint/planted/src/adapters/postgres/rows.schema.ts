import { z } from 'zod'
import type { PersonId } from '../../core/ids.ts'
import { Fault } from '../../core/fault.ts'
import { state } from './state.schema.ts'
import { Pool } from 'pg' // refused: no-restricted-imports
import { randomUUID } from 'node:crypto' // refused: no-restricted-imports
import { parse } from 'yaml' // refused: no-restricted-imports
import { zones } from 'zones' // refused: no-restricted-imports
import { KnownBlock } from '@slack/types' // refused: no-restricted-imports
import { life } from '../../workflows/absent.ts' // refused: no-restricted-imports
import { admit } from '../../activities/absent.ts' // refused: no-restricted-imports
import { ledger } from '../../adapters/entra/absent.ts' // refused: no-restricted-imports
import { click } from '../../bot/actions/absent.ts' // refused: no-restricted-imports
import { check } from '../../verify/absent.ts' // refused: no-restricted-imports
import { page } from '../../sandbox/absent.ts' // refused: no-restricted-imports
import { start } from '../../main.ts' // refused: no-restricted-imports

export const branded = (text: string): PersonId => text as PersonId
