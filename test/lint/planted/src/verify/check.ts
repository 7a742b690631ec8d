import { createServer } from 'node:http'
import { yes } from '../core/result.ts'
import { Pool } from 'pg' // refused: no-restricted-imports
import { admit } from '../activities/absent.ts' // refused: no-restricted-imports
import { ledger } from '../adapters/postgres/absent.ts' // refused: no-restricted-imports
import { life } from '../workflows/absent.ts' // refused: no-restricted-imports
import { page } from '../sandbox/absent.ts' // refused: no-restricted-imports
