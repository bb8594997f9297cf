import * as help from './help.ts'
import * as mine from './mine.ts'
import * as renewed from './renewed.ts'
import * as say from './say.ts'
import * as undelivered from './undelivered.ts'

export const homeCards = [help, mine, renewed, say, undelivered]
