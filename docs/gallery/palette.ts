import { crc32, deflateSync, inflateSync } from 'node:zlib'

/**
 * Converts a screenshot from true colour to a palette, at a third of the size. Takes the PNGs that Chromium writes: 8
 * bits per channel, RGB or RGBA, not interlaced. Source: PNG specification, third edition.
 */
export function smaller(png: Buffer): Buffer {
  const { width, height, channels, data } = read(png)
  const kept = frequent(data, channels)
  const places = new Map<number, number>()
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const exact = colourAt(data, (y * width + x) * channels)
      const colour = kept.has(exact) ? exact : coarse(exact)
      const place = places.get(colour) ?? places.size
      places.set(colour, place)
      rows[y * (width + 1) + 1 + x] = place
    }
  if (places.size > 256) return png
  const palette = Buffer.from([...places.keys()].flatMap((one) => [one >> 16, (one >> 8) & 255, one & 255]))
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  // 8 bits per pixel: the index of a colour.
  head.set([8, 3, 0, 0, 0], 8)
  const parts = [
    chunk('IHDR', head),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND'),
  ]
  return Buffer.concat([png.subarray(0, 8), ...parts])
}

const colourAt = (data: Buffer, at: number): number => data.readUIntBE(at, 3)

/** The frequent colours, of backgrounds and text, are kept exactly. */
function frequent(data: Buffer, channels: number): Set<number> {
  const counts = new Map<number, number>()
  for (let at = 0; at < data.length; at += channels) {
    const colour = colourAt(data, at)
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const order = [...counts].sort(([, a], [, b]) => b - a).slice(0, 40)
  return new Set(order.map(([colour]) => colour))
}

/** Reduces a channel to sixteen steps: anti-aliased edges look the same, and the colours fit a palette. */
const coarse = (colour: number): number =>
  [16, 8, 0].reduce((sum, shift) => sum * 256 + Math.round(((colour >> shift) & 255) / 17) * 17, 0)

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const whole = Buffer.alloc(body.length + 8)
  whole.writeUInt32BE(data.length, 0)
  body.copy(whole, 4)
  whole.writeUInt32BE(crc32(body), body.length + 4)
  return whole
}

function read(png: Buffer) {
  const packed: Buffer[] = []
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      packed.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  const [width, height, channels] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25] === 6 ? 4 : 3]
  return {
    width,
    height,
    channels,
    data: unfiltered(inflateSync(Buffer.concat(packed)), width * channels, channels),
  }
}

// Each row begins with its filter: how its bytes differ from their left and upper neighbours.
function unfiltered(raw: Buffer, stride: number, channels: number): Buffer {
  const rows = raw.length / (stride + 1)
  const data = Buffer.alloc(stride * rows)
  for (let y = 0; y < rows; y++) {
    const filter = raw[y * (stride + 1)] ?? 0
    for (let x = 0; x < stride; x++) {
      const left = x >= channels ? (data[y * stride + x - channels] ?? 0) : 0
      const up = y > 0 ? (data[(y - 1) * stride + x] ?? 0) : 0
      const corner = x >= channels && y > 0 ? (data[(y - 1) * stride + x - channels] ?? 0) : 0
      const guess = [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter] ?? 0
      data[y * stride + x] = ((raw[y * (stride + 1) + 1 + x] ?? 0) + guess) & 255
    }
  }
  return data
}

function nearest(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}
