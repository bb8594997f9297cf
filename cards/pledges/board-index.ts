import * as areas from './areas.ts'
import * as board from './board.ts'
import * as people from './board-people.ts'
import * as screen from './screen.ts'

export const boardCards = [areas, board, people, screen]
