package guard

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"

	"taizhang/store/internal/carve"
)

// The layout of a write-ahead log: sqlite.org/fileformat2 §4.
const (
	logHeader   = 32
	frameHeader = 24
	magicLittle = 0x377f0682
	magicBig    = 0x377f0683
)

// LogPath names the log beside a ledger.
func LogPath(ledger string) string { return ledger + "-wal" }

// scanned is what a log holds.
type scanned struct {
	whole int64 // bytes up to the end of the last whole transaction; 0: nothing that counts
	pages int   // size of a page, in bytes
	found bool  // the text looked for stands in a whole transaction
}

// scan reads a log as SQLite does when it recovers one: frame by frame, as long as the
// salts and the running checksum are right. What follows the last frame that ends a
// transaction doesn't count. It looks for text in the pages, if text isn't "".
func scan(f *os.File, text string) (scanned, error) {
	var s scanned
	info, err := f.Stat()
	if err != nil || info.Size() < logHeader+frameHeader {
		return s, err
	}
	r := bufio.NewReaderSize(io.NewSectionReader(f, 0, info.Size()), 1<<20)
	var h [logHeader]byte
	if _, err := io.ReadFull(r, h[:]); err != nil {
		return s, ended(err)
	}
	var order binary.ByteOrder = binary.LittleEndian
	switch binary.BigEndian.Uint32(h[0:]) {
	case magicLittle:
	case magicBig:
		order = binary.BigEndian
	default:
		return s, nil
	}
	size := binary.BigEndian.Uint32(h[8:])
	if size < 512 || size > 65536 || size&(size-1) != 0 {
		return s, nil
	}
	sum := carve.LogSum(order, [2]uint32{}, h[:24])
	if sum != carve.Pair(h[24:]) {
		return s, nil
	}
	s.pages = int(size)
	frame := make([]byte, frameHeader+s.pages)
	at, found := int64(logHeader), false
	for {
		if _, err := io.ReadFull(r, frame); err != nil {
			return s, ended(err)
		}
		if !bytes.Equal(frame[8:16], h[16:24]) || binary.BigEndian.Uint32(frame) == 0 {
			return s, nil
		}
		sum = carve.LogSum(order, carve.LogSum(order, sum, frame[:8]), frame[frameHeader:])
		if sum != carve.Pair(frame[16:]) {
			return s, nil
		}
		at += int64(len(frame))
		found = found || text != "" && bytes.Contains(frame[frameHeader:], []byte(text))
		if binary.BigEndian.Uint32(frame[4:]) != 0 {
			s.whole, s.found = at, found
		}
	}
}

// ended makes the end of a file, expected or not, the end of what counts.
func ended(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}
