import * as minutes from './minutes.ts'
import * as minutesList from './minutes-list.ts'

export const workCards = [minutes, minutesList]
