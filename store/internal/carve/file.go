// Package carve reads a SQLite file page by page (sqlite.org/fileformat2), whatever is broken
// in it: where SQLite gives up at a broken page, what stands on the others is still there.
// It knows tables as trees of pages and rows as values; what they mean is the caller's. It
// opens files for reading alone and changes nothing.
package carve

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
)

// Magic begins every SQLite file.
const Magic = "SQLite format 3\x00"

// DefaultPage is the size of a page, in bytes, of a file whose header doesn't tell and whose
// pages don't either.
const DefaultPage = 4096

// File is a database's file with what its log and its journal say of it.
type File struct {
	main  *os.File
	over  []*os.File       // the log, the journal
	newer map[uint32]place // pages that stand in one of these
	size  int              // of a page, in bytes
	count uint32           // of pages

	// Wrong says in English what of the header was not believed: for tests and for the log.
	Wrong []string
}

// place is where the newest state of a page stands.
type place struct {
	file *os.File
	at   int64
}

// Open opens the file at path with the journal beside it, and with the log if log is set.
func Open(path string, log bool) (*File, error) {
	main, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	f := &File{main: main, newer: map[uint32]place{}}
	if err := f.begin(path, log); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func (f *File) begin(path string, log bool) error {
	info, err := f.main.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s is no file", path)
	}
	if err := f.findPageSize(info.Size()); err != nil {
		return err
	}
	f.count = uint32((info.Size() + int64(f.size) - 1) / int64(f.size))
	for _, beside := range []struct {
		end  string
		take func(*os.File) error
		want bool
	}{{"-journal", f.takeJournal, true}, {"-wal", f.takeLog, log}} {
		if !beside.want {
			continue
		}
		file, err := os.Open(path + beside.end)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		f.over = append(f.over, file)
		if err := beside.take(file); err != nil {
			return err
		}
	}
	return nil
}

// Close lets the files go.
func (f *File) Close() error {
	err := f.main.Close()
	for _, o := range f.over {
		err = errors.Join(err, o.Close())
	}
	return err
}

// PageSize gives the size of a page in bytes.
func (f *File) PageSize() int { return f.size }

// Pages gives how many pages there are; they are numbered from 1.
func (f *File) Pages() uint32 { return f.count }

// Page gives a page as it was last written. What lies beyond the end of a file that was cut
// off is zero.
func (f *File) Page(n uint32) ([]byte, error) {
	b := make([]byte, f.size)
	at := place{f.main, int64(n-1) * int64(f.size)}
	if newer, ok := f.newer[n]; ok {
		at = newer
	}
	if n == 0 || n > f.count {
		return b, nil
	}
	if _, err := at.file.ReadAt(b, at.at); err != nil && !errors.Is(err, io.EOF) {
		// A sector that the disk can't give is as lost as one that is zero.
		clear(b)
	}
	return b, nil
}

// findPageSize takes the header's word for the size of a page where the pages bear it out,
// and the size at which most of them look like pages where they don't.
func (f *File) findPageSize(size int64) error {
	var h [100]byte
	if _, err := f.main.ReadAt(h[:], 0); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	said := int(binary.BigEndian.Uint16(h[16:]))
	if said == 1 {
		said = 65536
	}
	if said < 512 || said > 65536 || said&(said-1) != 0 {
		f.Wrong = append(f.Wrong, "page size")
		said = 0
	}
	best, most := DefaultPage, -1
	for _, try := range []int{said, DefaultPage, 1024, 8192, 16384, 32768, 65536, 2048, 512} {
		if try == 0 {
			continue
		}
		f.size, f.count = try, uint32((size+int64(try)-1)/int64(try))
		if n := f.trees() * try; n > most { // bytes, so that sizes can be compared
			best, most = try, n
		}
	}
	f.size = best
	if said != best {
		f.Wrong = append(f.Wrong, "page size")
	}
	return nil
}

// probes is how many pages are looked at to find their size.
const probes = 200

// trees counts which of some pages look like pages of a tree.
func (f *File) trees() int {
	n, step := 0, max(f.count/probes, 1)
	for p := uint32(1); p <= f.count; p += step {
		b, err := f.Page(p)
		if err != nil {
			return n
		}
		// Cells are put in from the page's end: of a page that is really shorter they all
		// stand in the first half.
		if node := parse(b, p); node.sound && len(node.cells) > 0 && slices.Max(node.cells) >= f.size/2 {
			n++
		}
	}
	if f.count > 0 {
		n = n * int(step)
	}
	return n
}

// takeJournal puts the pages back that a change under way had begun to write over: piece by
// piece, each behind a header of its own at the beginning of a sector.
func (f *File) takeJournal(j *os.File) error {
	info, err := j.Stat()
	if err != nil {
		return err
	}
	var was uint32
	for at, sector := int64(0), int64(0); ; {
		var h [28]byte
		if _, err := j.ReadAt(h[:], at); err != nil {
			break //nolint:nilerr // A journal that ends here says no more.
		}
		if string(h[:8]) != "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" {
			break
		}
		if sector == 0 {
			sector, was = int64(binary.BigEndian.Uint32(h[20:])), binary.BigEndian.Uint32(h[16:])
			if sector < 512 || sector > 65536 || int(binary.BigEndian.Uint32(h[24:])) != f.size {
				return nil
			}
		}
		at = f.takePiece(j, at+sector, info.Size(), binary.BigEndian.Uint32(h[8:]), binary.BigEndian.Uint32(h[12:]))
		at = (at + sector - 1) / sector * sector
	}
	if was > 0 && was < f.count {
		f.count = was
	}
	return nil
}

// takePiece takes so many pages of a journal, all that are right if it doesn't say how many,
// and gives where they end.
func (f *File) takePiece(j *os.File, at, size int64, count, nonce uint32) int64 {
	record := make([]byte, f.size+8)
	for ; count > 0 && at+int64(len(record)) <= size; at += int64(len(record)) {
		if _, err := j.ReadAt(record, at); err != nil {
			return at
		}
		n, sum := binary.BigEndian.Uint32(record), nonce
		page := record[4 : 4+f.size]
		for i := f.size - 200; i > 0; i -= 200 {
			sum += uint32(page[i])
		}
		if n == 0 || sum != binary.BigEndian.Uint32(record[4+f.size:]) {
			return at
		}
		if _, ok := f.newer[n]; !ok {
			f.newer[n] = place{j, at + 4}
		}
		count--
	}
	return at
}

// takeLog takes the pages of a log's whole transactions for newer ones: frame by frame, as
// long as salts and running checksum are right.
func (f *File) takeLog(log *os.File) error {
	var h [32]byte
	if _, err := io.ReadFull(log, h[:]); err != nil {
		return nil //nolint:nilerr // A log that is empty or cut off says nothing.
	}
	var order binary.ByteOrder = binary.LittleEndian
	switch binary.BigEndian.Uint32(h[:]) {
	case 0x377f0682:
	case 0x377f0683:
		order = binary.BigEndian
	default:
		return nil
	}
	sum := LogSum(order, [2]uint32{}, h[:24])
	if int(binary.BigEndian.Uint32(h[8:])) != f.size || sum != Pair(h[24:]) {
		return nil
	}
	frame := make([]byte, 24+f.size)
	under := map[uint32]place{}
	for at := int64(32); ; at += int64(len(frame)) {
		if _, err := log.ReadAt(frame, at); err != nil {
			return nil //nolint:nilerr // The end, expected or not: what came before counts.
		}
		n := binary.BigEndian.Uint32(frame)
		sum = LogSum(order, LogSum(order, sum, frame[:8]), frame[24:])
		if n == 0 || string(frame[8:16]) != string(h[16:24]) || sum != Pair(frame[16:]) {
			return nil
		}
		under[n] = place{log, at + 24}
		if after := binary.BigEndian.Uint32(frame[4:]); after != 0 { // a transaction ends
			for n, p := range under {
				f.newer[n] = p
			}
			clear(under)
			f.count = after
		}
	}
}

// Pair reads a log's checksum.
func Pair(b []byte) [2]uint32 {
	return [2]uint32{binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:])}
}

// LogSum goes on with a log's running checksum (fileformat2 §4.2).
func LogSum(order binary.ByteOrder, sum [2]uint32, b []byte) [2]uint32 {
	for ; len(b) >= 8; b = b[8:] {
		sum[0] += order.Uint32(b) + sum[1]
		sum[1] += order.Uint32(b[4:]) + sum[0]
	}
	return sum
}
