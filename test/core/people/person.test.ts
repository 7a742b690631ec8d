import { describe, expect, it } from 'vitest'
import { samePerson, type Person } from '../../../src/core/people/person.ts'
import { dana, hanna, person, secondAccountOf } from '../exception/given.ts'

const { employeeId: _number, ...withoutNumber } = dana

describe('one human being', () => {
  it.each<readonly [string, Person, Person, boolean]>([
    ['one account', dana, dana, true],
    ['one account, described differently', dana, { ...withoutNumber, name: 'D. Cruz', enabled: false }, true],
    ['two accounts with one employee id', dana, secondAccountOf(dana), true],
    [
      'two accounts with one employee id, one disabled',
      dana,
      secondAccountOf(dana, { enabled: false }),
      true,
    ],
    ['two people', dana, hanna, false],
    ['two people with one name', dana, person('other', { name: 'dana' }), false],
    ['two people of whom one has no employee id', withoutNumber, hanna, false],
    ['two people without employee ids', withoutNumber, { ...withoutNumber, id: 'entra:x' }, false],
    [
      'two people with one e-mail address',
      { ...dana, mail: 'a@x.example' },
      { ...hanna, mail: 'a@x.example' },
      false,
    ],
  ])('%s', (_who, one, other, same) => {
    expect(samePerson(one, other)).toBe(same)
    expect(samePerson(other, one)).toBe(same)
  })
})
