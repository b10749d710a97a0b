package disk

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
)

// ErrChanged tells that what was read back is not what was written.
var ErrChanged = errors.New("what was read back is not what was written")

// PrepareHeadLast is Prepare for a file that must not be readable before it is whole:
// its first bytes, at most head of them, are written when all the rest is on the disk.
// Before it waits for its name it has been read back: ErrChanged where it differs.
func PrepareHeadLast(path string, head int, write func(io.Writer) error) (*Pending, error) {
	return prepare(path, func(f *File) error {
		w := &headLast{f: f, head: make([]byte, 0, head), sum: sha256.New()}
		if err := write(w); err != nil {
			return err
		}
		if err := w.flush(); err != nil {
			return err
		}
		if err := f.Sync(); err != nil {
			return err
		}
		if _, err := f.WriteAt(w.head, 0); err != nil {
			return err
		}
		if err := f.Sync(); err != nil {
			return err
		}
		size, sum, err := Sum(f.Name())
		if err != nil {
			return err
		}
		if size != w.n || sum != fmt.Sprintf("%x", w.sum.Sum(nil)) {
			return fmt.Errorf("%s: %w", path, ErrChanged)
		}
		return nil
	})
}

// headLast keeps the head back and gathers the rest into large pieces.
type headLast struct {
	f    *File
	head []byte
	rest []byte
	n    int64 // taken so far
	sum  hash.Hash
}

// piece is how many bytes are written at once: a stick writes small pieces slowly.
const piece = 1 << 20

func (w *headLast) Write(p []byte) (int, error) {
	w.sum.Write(p)
	kept := min(cap(w.head)-len(w.head), len(p))
	w.head = append(w.head, p[:kept]...)
	w.rest = append(w.rest, p[kept:]...)
	w.n += int64(len(p))
	if len(w.rest) < piece {
		return len(p), nil
	}
	return len(p), w.flush()
}

func (w *headLast) flush() error {
	if len(w.rest) == 0 {
		return nil
	}
	_, err := w.f.WriteAt(w.rest, w.n-int64(len(w.rest)))
	w.rest = w.rest[:0]
	return err
}

// Sum gives the size of a file and the SHA-256 of its content in hex.
func Sum(path string) (size int64, sum string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, "", err
	}
	h := sha256.New()
	size, err = io.Copy(h, f)
	return size, fmt.Sprintf("%x", h.Sum(nil)), errors.Join(err, f.Close())
}
