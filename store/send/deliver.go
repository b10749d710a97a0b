package send

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/internal/disk"
)

// deliver writes the bundle under a temporary name, brings it to the disk, gives it
// its name and reads it back. Whatever fails, no half file stays.
func (e *export) deliver(ctx context.Context) error {
	pending, err := disk.Prepare(e.sent.Path, e.fill)
	if err != nil {
		return writeFault(err, e.o.Dir)
	}
	if err := ctx.Err(); err != nil {
		return errors.Join(err, pending.Drop())
	}
	if err := pending.FinishSafe(); err != nil {
		return writeFault(err, e.sent.Path)
	}
	e.step()
	err = e.readBack()
	if err == nil {
		err = pending.There() // what was read may have stood in memory alone
	}
	if err != nil {
		return errors.Join(err, disk.Remove(e.sent.Path))
	}
	return nil
}

// fill writes the file's content and takes its sum and size.
func (e *export) fill(f io.Writer) error {
	w := &summing{w: f, sum: sha256.New()}
	var err error
	if e.o.Plain {
		_, err = w.Write(e.built.ZIP)
	} else {
		err = bundle.Encrypt(w, e.built.ZIP, e.profile.Recipient)
	}
	if err != nil {
		return err
	}
	e.sent.FileHash, e.sent.Size = hex.EncodeToString(w.sum.Sum(nil)), w.n
	return nil
}

// summing takes the sum and size of what is written through it.
type summing struct {
	w   io.Writer
	sum hash.Hash
	n   int64
}

func (s *summing) Write(p []byte) (int, error) {
	n, err := s.w.Write(p)
	s.sum.Write(p[:n])
	s.n += int64(n)
	return n, err
}

// readBack compares the file on the disk with what was written. What was verified before it
// was written is the same to the byte then; of an encrypted one only the county can tell more.
func (e *export) readBack() (err error) {
	f, err := os.Open(e.sent.Path)
	if err != nil {
		return writeFault(err, e.sent.Path)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return writeFault(err, e.sent.Path)
	}
	if hex.EncodeToString(sum.Sum(nil)) != e.sent.FileHash {
		return model.Errorf("E-WRITE", "写好的“%s”读回来与原来的不一样,U盘可能坏了,请换一个U盘重新导出", e.sent.Path)
	}
	return nil
}

// verify reads a ZIP as strictly as the office will that it goes to, to the last row.
func (e *export) verify(data []byte) error {
	read := bundle.Open
	if e.sums {
		read = bundle.OpenSums
	}
	b, err := read(data)
	if err != nil {
		return fmt.Errorf("the bundle just made: %w", err)
	}
	if b.Hash != e.built.Hash {
		return fmt.Errorf("the bundle just made has hash %s instead of %s", b.Hash, e.built.Hash)
	}
	for _, r := range b.Package.Resources {
		for _, err := range b.Rows(r.Name) {
			if err != nil {
				return fmt.Errorf("the bundle just made: %w", err)
			}
		}
	}
	return nil
}

// writeFault says in Chinese what keeps a bundle from being written: sticks are full,
// protected, or pulled out.
func writeFault(err error, path string) error {
	return store.FileFault(err, path, "台账里的记录没有丢失,可以再导出")
}
