// Package icon draws the program's icon, a red record book with a label and a ribbon: at
// every size anew, in whole numbers alone, so that each machine draws the same bytes.
package icon

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
)

// Sizes are the edges in pixels that desktops ask for, the largest first.
var Sizes = []int{256, 128, 64, 48, 32, 24, 16}

// canvas is the edge of the drawing in its own units.
const canvas = 1024

// fine is how many samples an edge of a pixel has.
const fine = 8

// The book's colours.
var (
	cover  = color.NRGBA{0xC6, 0x28, 0x28, 0xFF}
	spine  = color.NRGBA{0x8E, 0x16, 0x16, 0xFF}
	paper  = color.NRGBA{0xFF, 0xF8, 0xE7, 0xFF}
	edge   = color.NRGBA{0xC9, 0xB8, 0x92, 0xFF}
	ink    = color.NRGBA{0x5B, 0x40, 0x36, 0xFF}
	ribbon = color.NRGBA{0xF4, 0xB4, 0x00, 0xFF}
)

// A shape is a part of the drawing in one colour; later ones lie above.
type shape struct {
	fill color.NRGBA
	has  func(x, y int) bool
}

// Draw draws the icon with an edge of size pixels, at least 1.
func Draw(size int) *image.NRGBA {
	shapes := book(size)
	img := image.NewNRGBA(image.Rect(0, 0, size, size))
	for y := range size {
		for x := range size {
			img.SetNRGBA(x, y, pixel(shapes, size, x, y))
		}
	}
	return img
}

// PNG gives the icon with an edge of size pixels as a PNG file.
func PNG(size int) ([]byte, error) {
	var b bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestCompression}
	if err := enc.Encode(&b, Draw(size)); err != nil {
		return nil, fmt.Errorf("icon of %d pixels: %w", size, err)
	}
	return b.Bytes(), nil
}

// pixel averages the samples of one pixel.
func pixel(shapes []shape, size, px, py int) color.NRGBA {
	var r, g, b, covered int
	for sy := range fine {
		y := (2*(py*fine+sy) + 1) * canvas / (2 * fine * size)
		for sx := range fine {
			x := (2*(px*fine+sx) + 1) * canvas / (2 * fine * size)
			for i := len(shapes) - 1; i >= 0; i-- {
				if shapes[i].has(x, y) {
					c := shapes[i].fill
					r, g, b, covered = r+int(c.R), g+int(c.G), b+int(c.B), covered+1
					break
				}
			}
		}
	}
	if covered == 0 {
		return color.NRGBA{}
	}
	mean := func(sum int) uint8 { return uint8((sum + covered/2) / covered) }           //nolint:gosec // A mean of bytes.
	return color.NRGBA{mean(r), mean(g), mean(b), uint8(covered * 255 / (fine * fine))} //nolint:gosec // At most 255.
}

// book gives the parts of the drawing; a small one has fewer and bolder ones, whose edges
// are moved to those of pixels.
func book(size int) []shape {
	at := func(v int) int {
		if size > 48 {
			return v
		}
		return (v*size + canvas/2) / canvas * canvas / size
	}
	box := func(x0, y0, x1, y1, r int) func(x, y int) bool { return rounded(at(x0), at(y0), at(x1), at(y1), r) }
	front := box(120, 56, 856, 904, 64)
	all := []shape{
		{edge, box(184, 112, 916, 968, 56)},  // the pages' block, below and right of the cover
		{paper, box(184, 112, 892, 940, 48)}, // the topmost pages
		{cover, front},
		{spine, cut(front, 0, at(240))},
	}
	if size < 32 {
		return append(all,
			shape{paper, box(320, 192, 768, 576, 0)},
			shape{ink, box(384, 278, 704, 342, 0)},
			shape{ink, box(384, 426, 704, 490, 0)},
			shape{ribbon, pennant(at(554), at(682), at(704), at(1010), 64)},
		)
	}
	all = append(all,
		shape{paper, box(320, 176, 784, 560, 28)},
		shape{ribbon, pennant(at(592), at(712), at(640), at(1010), 72)},
	)
	for y := 240; y <= 456; y += 104 { // what is written on the label: a mark and a line each
		top, high := at(y), at(40) // all of one height, where edges are moved too
		all = append(all, shape{cover, rounded(at(376), top, at(376)+high, top+high, 10)}, shape{ink, rounded(at(472), top, at(728), top+high, 12)})
	}
	return all
}

// rounded is a rectangle with rounded corners of radius r.
func rounded(x0, y0, x1, y1, r int) func(x, y int) bool {
	return func(x, y int) bool {
		if x < x0 || x >= x1 || y < y0 || y >= y1 {
			return false
		}
		dx := max(x0+r-x, x-(x1-r), 0)
		dy := max(y0+r-y, y-(y1-r), 0)
		return dx*dx+dy*dy <= r*r
	}
}

// cut keeps of a shape what lies between two columns.
func cut(of func(x, y int) bool, x0, x1 int) func(x, y int) bool {
	return func(x, y int) bool { return x >= x0 && x < x1 && of(x, y) }
}

// pennant is a band that ends below in two tips, notch deep.
func pennant(x0, x1, y0, y1, notch int) func(x, y int) bool {
	half := (x1 - x0) / 2
	return func(x, y int) bool {
		if x < x0 || x >= x1 || y < y0 {
			return false
		}
		off := x - (x0 + half)
		if off < 0 {
			off = -off
		}
		return y < y1-notch+notch*off/half
	}
}
