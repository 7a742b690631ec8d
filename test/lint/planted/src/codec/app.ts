import { Hono } from 'hono'
import { yes } from '../core/result.ts'
import { jwtVerify } from 'jose' // refused: no-restricted-imports
import { ledger } from '../adapters/postgres/absent.ts' // refused: no-restricted-imports
