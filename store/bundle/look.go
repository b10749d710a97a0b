package bundle

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"taizhang/model"
)

// Looks is what a file is by its first bytes. Its name says little: people copy
// bundles, rename them and pack them up.
type Looks int

// What a file may be.
const (
	LooksOther   Looks = iota // nothing of ours
	LooksEmpty                // of no byte at all: the copying failed
	LooksSealed               // a bundle: encrypted to a county
	LooksPlain                // a bundle without the age layer (--plain)
	LooksWrapped              // a ZIP that holds one sealed bundle, as mail and chat programs make
)

// sealedIntro is how a file begins that is encrypted to a key. One that is encrypted by
// a passphrase (a county's key, a backup) goes on otherwise and is no bundle.
const sealedIntro = ageIntro + "v1\n-> X25519 "

// Look tells what a file is. It reads its beginning, and of a ZIP its list of files.
// The error is one of reading.
func Look(file string) (looks Looks, err error) {
	f, err := os.Open(file)
	if err != nil {
		return LooksOther, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	start := make([]byte, 128)
	n, err := io.ReadFull(f, start)
	switch {
	case n == 0 && errors.Is(err, io.EOF):
		return LooksEmpty, nil
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		return LooksOther, err
	}
	start = start[:n]
	switch {
	case bytes.HasPrefix(start, []byte(sealedIntro)):
		if sealedElse(filepath.Base(file)) {
			return LooksOther, nil
		}
		return LooksSealed, nil
	case bytes.HasPrefix(start, []byte("PK\x03\x04")):
		return lookInZIP(f, start)
	}
	return LooksOther, nil
}

// sealedElse tells of a sealed file's name that it is no bundle's: a village's backups, what
// it sends about a forgotten passphrase and an extract may lie on the same stick, encrypted to
// the county too, and end in .age.
func sealedElse(name string) bool {
	return strings.EqualFold(filepath.Ext(name), ".age") && !Called(name)
}

// lookInZIP tells a bundle's ZIP by its first file, and one around a bundle by what it
// holds.
func lookInZIP(f *os.File, start []byte) (Looks, error) {
	const header = 30 // bytes before the first file's name
	if len(start) > header && (bytes.HasPrefix(start[header:], []byte("data/")) || bytes.HasPrefix(start[header:], []byte(packageFile))) {
		return LooksPlain, nil
	}
	info, err := f.Stat()
	if err != nil || info.Size() > MaxFile {
		return LooksOther, err
	}
	data := make([]byte, info.Size())
	if _, err := f.ReadAt(data, 0); err != nil {
		return LooksOther, err
	}
	if wrapped(data) == nil {
		return LooksOther, nil
	}
	return LooksWrapped, nil
}

// maxWrapped is how many files a ZIP around a bundle holds at most: what a system puts
// beside the one that was packed.
const maxWrapped = 8

// wrapped gives the one sealed bundle that a ZIP holds, nil where it holds none or more.
// Nothing is unpacked further than MaxFile.
func wrapped(data []byte) *zip.File {
	if !soundEnd(data) {
		return nil
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || len(z.File) > maxWrapped {
		return nil
	}
	var found *zip.File
	for _, f := range z.File {
		if !f.Mode().IsRegular() || PassOver(path.Base(f.Name)) || f.UncompressedSize64 > MaxFile || !beginsSealed(f) {
			continue
		}
		if found != nil {
			return nil
		}
		found = f
	}
	return found
}

func beginsSealed(f *zip.File) bool {
	r, err := f.Open()
	if err != nil {
		return false
	}
	defer r.Close() //nolint:errcheck // It was only read.
	start := make([]byte, len(sealedIntro))
	_, err = io.ReadFull(r, start)
	return err == nil && string(start) == sealedIntro
}

// unpack gives the bundle that a ZIP is wrapped around, nil where it is around none.
func unpack(data []byte) []byte {
	f := wrapped(data)
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return nil
	}
	defer r.Close() //nolint:errcheck // It was only read.
	inner, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	if err != nil || len(inner) > MaxFile {
		return nil
	}
	return inner
}

// PassOver tells of a file's name that systems and office programs leave it beside
// others (._X of macOS, ~$X of an open document): it is nobody's.
func PassOver(name string) bool {
	return strings.HasPrefix(name, "._") || strings.HasPrefix(name, "~$")
}

// PassOverFolder tells of a folder in which nothing is handed in: the system keeps it for
// itself, as for what was thrown away, or the county's own letters lie in it.
func PassOverFolder(name string) bool {
	switch strings.ToUpper(name) {
	case "$RECYCLE.BIN", "RECYCLER", "SYSTEM VOLUME INFORMATION", "__MACOSX", MailFolder:
		return true
	}
	return strings.HasPrefix(name, ".Trash")
}

var (
	nameInside = model.NewPattern(`(?:^|[^0-9A-Za-z])([0-9A-Za-z]{6,24})_(\d{4}-\d{2})_(\d{4,12})(?:[^0-9]|$)`)
	copyMark   = model.NewPattern(`[ (\x{FF08}].*$`)
)

// NameIn finds what a bundle is called in a name that was changed: 副本, (1), .TZB,
// .zip behind it.
func NameIn(name string) (code string, month model.Month, sequence int64, ok bool) {
	if code, month, sequence, ok = ParseFileName(name); ok {
		return code, month, sequence, true
	}
	for rest := name; ; {
		at := nameInside.FindStringSubmatchIndex(rest)
		if at == nil {
			return "", "", 0, false
		}
		code, month = rest[at[2]:at[3]], model.Month(rest[at[4]:at[5]])
		n, err := strconv.ParseInt(rest[at[6]:at[7]], 10, 64)
		if err == nil && n > 0 && month.Valid() {
			return code, month, n, true
		}
		rest = rest[at[3]:]
	}
}

// Called tells whether a file is called as a bundle is, changed or not: then it is said
// when it isn't one.
func Called(name string) bool {
	lower := strings.ToLower(name)
	if strings.Contains(lower, Extension) || strings.Contains(lower, SumsExtension) {
		return true
	}
	if _, _, _, ok := NameIn(name); !ok {
		return false
	}
	ext := copyMark.ReplaceAllString(filepath.Ext(lower), "")
	return ext == "" || ext == PlainExtension
}
