/* Photos are made small before they travel: a phone's 8 MB become about 300 KB, and drawing them on a
 * canvas leaves behind where and with what they were taken. The server removes metadata all the same. */

export const MOST_PHOTOS = 9
const LONGEST = 1600
const QUALITY = 0.82

export interface Photo {
  id: string
  name: string
  blob: Blob
  /** An object URL, for the preview. */
  url: string
}

/** Width and height that keep the proportions within a longest edge; never enlarged. */
export function fitInto(width: number, height: number, longest = LONGEST): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height, 1))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

async function decode(file: Blob): Promise<ImageBitmap | HTMLImageElement> {
  if (typeof createImageBitmap === 'function') {
    try {
      return await createImageBitmap(file, { imageOrientation: 'from-image' })
    } catch {
      // some web views know the function but not the option: the old way works there
    }
  }
  const url = URL.createObjectURL(file)
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    return image
  } finally {
    URL.revokeObjectURL(url)
  }
}

/** A JPEG no longer than 1600 px on its longest edge. Throws when the file is no picture. */
export async function shrink(file: Blob): Promise<Blob> {
  const picture = await decode(file)
  const { width, height } = fitInto(picture.width, picture.height)
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('no canvas')
  pen.fillStyle = 'white'
  pen.fillRect(0, 0, width, height)
  pen.drawImage(picture, 0, 0, width, height)
  if ('close' in picture) picture.close()
  return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('not encoded'))), 'image/jpeg', QUALITY))
}

let last = 0

export function asPhoto(blob: Blob, name: string): Photo {
  return { id: `${Date.now()}-${(last += 1)}`, name, blob, url: URL.createObjectURL(blob) }
}
