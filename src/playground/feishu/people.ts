import type { MakeId } from './ids.ts'

export interface Person {
  openId: string
  unionId: string
  userId: string
  name: string
  employment: 'active' | 'resigned' | 'out of range'
  /** The person switched the bot off. */
  botOff: boolean
}

export type People = ReturnType<typeof createPeople>

/** The company's directory. */
export function createPeople(makeId: MakeId) {
  const everyone = new Map<string, Person>()

  function add(name: string, { openId = makeId('ou_') }: { openId?: string } = {}): Person {
    const person: Person = { openId, unionId: makeId('on_'), userId: makeId('').slice(0, 8), name, employment: 'active', botOff: false }
    everyone.set(openId, person)
    return person
  }

  const find = (openId: string): Person | undefined => everyone.get(openId)

  return {
    add,
    find,
    by: (idType: 'unionId' | 'userId', id: string): Person | undefined => [...everyone.values()].find((person) => person[idType] === id),
    all: (): Person[] => [...everyone.values()],
    get(openId: string): Person {
      const person = find(openId)
      if (!person) throw new Error(`nobody here has the open_id ${openId}`)
      return person
    },
  }
}

/** The three ids by which events name a person. */
export const idsOf = ({ openId, unionId, userId }: Person) => ({ open_id: openId, union_id: unionId, user_id: userId })
