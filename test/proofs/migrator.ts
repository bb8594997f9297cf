import { openFile } from '../../db/store/file.ts'

/** Opens a file, which migrates it, in a process that may be killed. It says when it begins and when it has ended. */
process.send?.('begin')
const store = await openFile(`file:${process.argv[2]}`, new Date())
store.close()
process.send?.('end')
