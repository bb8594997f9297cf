/** A store that cannot be opened, with a sentence for the person who starts the bot. */
export class StoreRefused extends Error {
  override name = 'StoreRefused'
}
