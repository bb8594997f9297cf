/** The names of a command. */
export interface Named {
  name: string
  zh: string
  also: readonly string[]
}

export const namesOf = ({ name, zh, also }: Named) => [name, zh, ...also].map((one) => one.toLowerCase())
