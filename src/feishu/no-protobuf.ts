/** In the Worker's bundle in place of protobufjs, of which the SDK makes its long connection's frames while loading: the edge has no such connection. */
export const util = { emptyArray: [], newBuffer: () => [] }
export const configure = () => {}
export const roots = {}
export const Reader = {}
export const Writer = {}
