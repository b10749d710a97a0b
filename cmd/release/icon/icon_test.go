package icon

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image/png"
	"testing"
)

// TestSameEverywhere: the drawing is the same bytes on each machine. A change of the
// drawing changes these sums: look at the picture then.
func TestSameEverywhere(t *testing.T) {
	t.Parallel()
	want := map[int]string{16: "164b140f48d1d550", 48: "6dbd1bdee6000a68", 256: "af984e8e41527e25"}
	for size, sum := range want {
		hash := sha256.Sum256(Draw(size).Pix)
		if got := hex.EncodeToString(hash[:8]); got != sum {
			t.Errorf("%d pixels: %s, want %s", size, got, sum)
		}
	}
}

// TestSizes: at each size there is a book on nothing, and its label can be told from the
// cover.
func TestSizes(t *testing.T) {
	t.Parallel()
	for _, size := range Sizes {
		file, err := PNG(size)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(file))
		if err != nil || img.Bounds().Dx() != size || img.Bounds().Dy() != size {
			t.Fatalf("%d pixels: %v, %v", size, img.Bounds(), err)
		}
		if _, _, _, a := img.At(0, size-1).RGBA(); a != 0 {
			t.Errorf("%d pixels: the corner is not clear", size)
		}
		if got := Draw(size).NRGBAAt(size*5/16, size*10/16); got != cover {
			t.Errorf("%d pixels: the cover is %v", size, got)
		}
		if got := Draw(size).NRGBAAt(size*11/16+size/32, size*6/16); got != paper {
			t.Errorf("%d pixels: the label is %v", size, got)
		}
	}
}
