import { start } from './main.ts'
export const sandbox = (): Promise<unknown> => import('./sandbox/absent.ts')
