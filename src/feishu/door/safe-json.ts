export type JsonObject = Record<string, unknown>

/** Nothing that Feishu sends comes near this; without a limit a walk down the value could run out of stack. */
const DEEPEST = 32

export function parseJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The value as an object that is safe to walk, copy and store; undefined when it is none. */
export const safeObject = (value: unknown): JsonObject | undefined => (isObject(value) && isSafe(value) ? wellFormed(value) : undefined)

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

function isSafe(value: unknown, depth = 1): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (depth > DEEPEST || Object.hasOwn(value, '__proto__')) return false
  return Object.values(value).every((inner) => isSafe(inner, depth + 1))
}

/** A lone surrogate has no UTF-8: it would come back from the database, or from Feishu, as something else. */
const wellFormed = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key.toWellFormed(), wellFormedValue(value)]))

function wellFormedValue(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (Array.isArray(value)) return value.map(wellFormedValue)
  return isObject(value) ? wellFormed(value) : value
}
