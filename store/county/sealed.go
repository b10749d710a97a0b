package county

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"

	"taizhang/store/bundle"
)

// sealedFile is a file as it came, read step by step; each step is taken once.
type sealedFile struct {
	path  string
	file  *os.File
	fault error  // of the disk or the stick; nothing else is known then
	hash  string // SHA-256 of the file, hex
	size  int64

	unwrapped bool
	data      []byte // without the age layer
	plain     bool   // it had none
	err       error  // what is wrong with it, or a fault of reading

	b       *bundle.Bundle
	opened  bool
	openErr error
}

// look opens a file and takes its hash.
func look(path string) *sealedFile {
	s := &sealedFile{path: path}
	if s.file, s.fault = os.Open(path); s.fault != nil {
		return s
	}
	if s.hash, s.fault = hashFile(s.file); s.fault != nil {
		s.close()
		return s
	}
	if info, err := s.file.Stat(); err == nil {
		s.size = info.Size()
	} else {
		s.size = -1
	}
	return s
}

// hashFile gives the hash of a file and goes back to its beginning. A file too large
// for a bundle is not read to its end; what was read names it well enough.
func hashFile(f *os.File) (string, error) {
	sum := sha256.New()
	if _, err := io.Copy(sum, io.LimitReader(f, bundle.MaxFile+1)); err != nil {
		return "", err
	}
	_, err := f.Seek(0, io.SeekStart)
	return hex.EncodeToString(sum.Sum(nil)), err
}

// unwrap takes the age layer off.
func (s *sealedFile) unwrap(key *bundle.CountyKey) (data []byte, plain bool, err error) {
	if !s.unwrapped {
		s.unwrapped = true
		s.data, s.plain, s.err = bundle.Unwrap(s.file, key.Identity)
		s.close()
	}
	return s.data, s.plain, s.err
}

// open reads the bundle; s may be nil, where it is no file that the bundle came from.
func (s *sealedFile) open(data []byte) (*bundle.Bundle, error) {
	if s == nil {
		return bundle.Open(data)
	}
	if !s.opened {
		s.opened = true
		s.b, s.openErr = bundle.Open(data)
	}
	return s.b, s.openErr
}

// close may be called more than once.
func (s *sealedFile) close() {
	if s.file != nil {
		//nolint:errcheck // It was only read.
		s.file.Close()
		s.file = nil
	}
}
