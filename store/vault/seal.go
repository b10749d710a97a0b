package vault

import (
	"bufio"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/age"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/guard"
	"taizhang/store/internal/raw"
	"taizhang/store/keybox"
)

// beside are the suffixes of what SQLite keeps beside a file.
var beside = []string{"-wal", "-journal", "-shm"}

// unseal makes the plain ledger stand in its place. One that stands there is the newer one:
// it was whole before it got its name, and is taken away only once it is sealed.
func (s *Sitting) unseal(ctx context.Context) error {
	disk.Sweep(filepath.Dir(s.path))
	if there(s.path) || there(disk.NotePath(s.path)) {
		s.recovered = true
		return nil
	}
	if !there(s.path + SealedSuffix) {
		return model.Errorf("E-NOFILE", "加密的台账“%s”不见了,钥匙还在;请从备份恢复,不要急着新建", s.path+SealedSuffix)
	}
	if err := s.clearOrphans(); err != nil {
		return err
	}
	sum, err := decryptTo(ctx, s.path+SealedSuffix, s.path, s.keys.Identities()...)
	if err != nil {
		return err
	}
	if info, err := os.Stat(s.path); err == nil {
		s.since = info.ModTime()
	}
	s.was = sum
	return nil
}

// clearOrphans takes away what lies beside a plain ledger that is not there: SQLite would
// take it for that of the one to come. A log with something in it is put aside.
func (s *Sitting) clearOrphans() error {
	if info, err := os.Stat(s.path + "-wal"); err == nil && info.Size() > 0 {
		if _, err := guard.PutAside(s.path, s.now()); err != nil { // Leave seals it
			return store.FileFault(err, s.path+"-wal", "")
		}
	}
	for _, suffix := range beside {
		if err := disk.Remove(s.path + suffix); err != nil {
			return store.FileFault(err, s.path+suffix, "")
		}
	}
	return nil
}

func (s *Sitting) now() time.Time {
	if s.o.Source != nil {
		return s.o.Source.Now()
	}
	return time.Now()
}

// decrypting opens a sealed file for use, to which from tells what is wrong with the file.
func decrypting(ctx context.Context, sealed string, ids []age.Identity, use func(opened io.Reader, from *source) error) (err error) {
	f, err := os.Open(sealed)
	if err != nil {
		return store.ReadFault(err, sealed)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	from := &source{ctx: ctx, r: f}
	opened, err := age.Decrypt(bufio.NewReader(from), ids...)
	if err != nil {
		return from.told(err, sealed)
	}
	return use(opened, from)
}

// decryptTo writes what a sealed file holds to path, whole and on the disk or not at all,
// and gives the SHA-256 of it in hex.
func decryptTo(ctx context.Context, sealed, path string, ids ...age.Identity) (sum string, err error) {
	spoilt, h := false, sha256.New()
	err = decrypting(ctx, sealed, ids, func(opened io.Reader, from *source) error {
		plain, err := disk.Prepare(path, func(w io.Writer) error {
			_, err := copyAll(io.MultiWriter(w, h), readerFunc(func(p []byte) (int, error) {
				n, err := opened.Read(p)
				spoilt = err != nil && err != io.EOF
				return n, err
			}))
			return err
		})
		if spoilt {
			return from.told(err, sealed)
		}
		if err == nil {
			err = plain.FinishSafe()
		}
		return store.FileFault(err, path, "")
	})
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%x", h.Sum(nil)), nil
}

// pieces is how many bytes are handed on at once.
const pieces = 1 << 20

func copyAll(w io.Writer, r io.Reader) (int64, error) {
	return io.CopyBuffer(struct{ io.Writer }{w}, struct{ io.Reader }{r}, make([]byte, pieces))
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// source reads a file, stops when it is told to, and keeps faults of the disk apart from
// those of what it holds.
type source struct {
	ctx   context.Context
	r     io.Reader
	fault error
}

func (s *source) Read(p []byte) (int, error) {
	if s.fault = s.ctx.Err(); s.fault != nil {
		return 0, s.fault
	}
	n, err := s.r.Read(p)
	if err != nil && err != io.EOF {
		s.fault = err
	}
	return n, err
}

func (s *source) told(err error, path string) error {
	if s.fault != nil {
		return store.ReadFault(s.fault, path)
	}
	return keybox.Refused(err, path)
}

// sealTo writes what write gives to path, encrypted to a box. It is on the disk and has
// been opened again and found the same before it takes its name.
func sealTo(ctx context.Context, path string, box keybox.Box, keys *keybox.Keys, write func(io.Writer) error) error {
	to, err := box.Recipients()
	if err != nil {
		return err
	}
	h := sha256.New()
	p, err := disk.Prepare(path, func(w io.Writer) error {
		out := bufio.NewWriterSize(w, pieces)
		sealed, err := age.Encrypt(out, to...)
		if err != nil {
			return fmt.Errorf("seal: %w", err)
		}
		if err := write(io.MultiWriter(sealed, h)); err != nil {
			return err
		}
		return errors.Join(sealed.Close(), out.Flush())
	})
	if err != nil {
		return store.FileFault(err, path, "")
	}
	sum, err := sumOf(ctx, p.Temp(), keys.Identities()...)
	if err == nil && sum != fmt.Sprintf("%x", h.Sum(nil)) {
		err = model.Errorf("E-WRITE", "写好的“%s”读回来与原来的不一样,磁盘可能坏了;没有加密的台账还在", path)
	}
	if err != nil {
		return errors.Join(err, p.Drop())
	}
	return store.FileFault(p.Finish(), path, "")
}

// sumOf gives the SHA-256 of what a sealed file holds.
func sumOf(ctx context.Context, sealed string, ids ...age.Identity) (string, error) {
	h := sha256.New()
	err := decrypting(ctx, sealed, ids, func(opened io.Reader, from *source) error {
		if _, err := copyAll(h, opened); err != nil {
			return from.told(err, sealed)
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%x", h.Sum(nil)), nil
}

// Leave ends the sitting of a ledger that is closed already: what Close does after closing
// it. Where it fails it may be called again.
func (s *Sitting) Leave(ctx context.Context) error {
	if s.left {
		return nil
	}
	if err := s.seal(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	return s.free()
}

func (s *Sitting) seal(ctx context.Context) error {
	if s.off || !there(s.path) {
		return nil
	}
	if there(disk.NotePath(s.path)) { // a restore that was stopped: the next sitting ends it first
		return notSealed(model.Errorf("E-RESTORING", "上次的恢复还没有做完"), s.path)
	}
	if err := s.sealLedger(ctx); err != nil {
		return notSealed(err, s.path)
	}
	return errors.Join(s.removePlain(), s.sealCopies(ctx))
}

// sealLedger brings the sealed ledger up to the plain one.
func (s *Sitting) sealLedger(ctx context.Context) error {
	box, err := s.box()
	if err != nil {
		return err
	}
	log := int64(0)
	if info, err := os.Stat(s.path + "-wal"); err == nil {
		log = info.Size()
	}
	info, err := os.Stat(s.path)
	if err != nil {
		return store.ReadFault(err, s.path)
	}
	if s.was != "" && log == 0 && info.ModTime().Equal(s.since) { // else it was written to
		_, sum, err := disk.Sum(s.path)
		if err != nil {
			return store.ReadFault(err, s.path)
		}
		if carried, ok := keybox.CarriedBy(s.path + SealedSuffix); ok && sum == s.was && carried.Equal(box) {
			return nil // it was only looked at
		}
	}
	if s.recovered && s.ledger != nil && s.ledger.Damage() != nil {
		// What a crash has left is damaged: the sealed one of before may be the better.
		if err := s.keepSealed(); err != nil {
			return err
		}
	}
	return sealTo(ctx, s.path+SealedSuffix, box, s.keys, func(w io.Writer) error {
		if log > 0 {
			return pagesOf(ctx, s.path, w)
		}
		return fileOf(ctx, s.path, w)
	})
}

// keepSealed gives the sealed ledger a name under which it stays.
func (s *Sitting) keepSealed() error {
	if !there(s.path + SealedSuffix) {
		return nil
	}
	stem := strings.TrimSuffix(s.path, filepath.Ext(s.path))
	kept := stem + "-恢复前-" + s.now().Format("20060102-150405") + filepath.Ext(s.path) + SealedSuffix
	if err := disk.Rename(s.path+SealedSuffix, kept); err != nil {
		return store.FileFault(err, kept, "")
	}
	return store.FileFault(disk.SyncFolder(filepath.Dir(kept)), kept, "")
}

func fileOf(ctx context.Context, path string, w io.Writer) error {
	f, err := os.Open(path)
	if err != nil {
		return store.ReadFault(err, path)
	}
	from := &source{ctx: ctx, r: f}
	_, err = copyAll(w, from)
	if from.fault != nil {
		err = store.ReadFault(from.fault, path)
	}
	return errors.Join(err, f.Close())
}

// pagesOf writes a ledger whose log could not be folded in, with it.
func pagesOf(ctx context.Context, path string, w io.Writer) (err error) {
	r, err := raw.OpenReaders(path, raw.ForReading)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	return r.Snapshot(ctx, func(q raw.Querier) error { return raw.WritePages(ctx, q, w) })
}

// notSealed says that the plain ledger still stands, and why.
func notSealed(err error, path string) error {
	return model.Errorf("E-PLAIN", "保存过的都在,只是没能加密:%s。没有加密的“%s”还留在电脑上;请再打开一次台账,退出时会再加密", message(err), path)
}

func message(err error) string {
	var known *model.Error
	if errors.As(err, &known) {
		return strings.TrimRight(known.Message, "。")
	}
	if cause, ok := disk.CauseOf(err); ok {
		return cause.Text
	}
	return "程序出了错"
}

// removePlain takes the plain ledger away, which is sealed, and then what lies beside it: a
// log without its file is of no use, a file without its log would be a wrong one.
func (s *Sitting) removePlain() error {
	err := disk.Remove(s.path)
	for n := 0; err != nil && n < 10; n++ { // on Windows somebody who looks at it keeps it for a moment
		time.Sleep(100 * time.Millisecond)
		err = disk.Remove(s.path)
	}
	if err == nil {
		err = disk.SyncFolder(filepath.Dir(s.path))
	}
	if err == nil {
		for _, suffix := range beside {
			err = errors.Join(err, disk.Remove(s.path+suffix))
		}
		err = errors.Join(err, disk.SyncFolder(filepath.Dir(s.path)))
	}
	if err != nil {
		return model.Errorf("E-PLAIN", "台账已经加密好,只是没有加密的“%s”没能删掉:%s。请关掉别的正在看台账的窗口,再打开一次台账,退出时会删掉", s.path, message(err))
	}
	return nil
}

func there(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
