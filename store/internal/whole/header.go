// Package whole tells whether a ledger's file is whole: by its header and its size, by the
// statements and the first pages of its tables and indexes, and by looking through all of
// it. It reads and never writes.
package whole

import (
	"encoding/binary"
	"fmt"
)

// HeaderSize is how many bytes of a file Header looks at.
const HeaderSize = 100

// Header tells what is wrong with a file by its first 100 bytes (sqlite.org/fileformat, 1.3)
// and its size in bytes, in Chinese; "" for nothing. waiting says that a log lies beside it
// that may hold more of the file than the file itself. legible tells whether what is left
// can be looked at all the same.
func Header(h [HeaderSize]byte, size int64, waiting bool) (wrong string, legible bool) {
	at := func(n int) uint32 { return binary.BigEndian.Uint32(h[n : n+4]) }
	page := int64(binary.BigEndian.Uint16(h[16:18]))
	if page == 1 {
		page = 1 << 16
	}
	switch {
	case page < 512 || page&(page-1) != 0:
		return fmt.Sprintf("文件头写的页大小是 %d,没有这样的页", page), false
	case h[18] < 1 || h[18] > 2 || h[19] < 1 || h[19] > 2:
		return "文件头写的读写格式不对", false
	case h[20] != 0 || h[21] != 64 || h[22] != 32 || h[23] != 32:
		return "文件头写的页内分法不对", false
	case at(44) < 1 || at(44) > 4:
		return "文件头写的结构格式不对", false
	case at(56) != 1:
		return "文件头写的文字编码不是 UTF-8", false
	case at(52) != 0 || at(64) != 0:
		return "文件头写的整理方式不对", true
	}
	if waiting {
		return "", true
	}
	pages := int64(at(28))
	if at(24) != at(92) { // the count is not kept by whoever wrote last
		pages = size / page
	}
	switch {
	case size < pages*page:
		return fmt.Sprintf("文件不完整:应有 %d 字节,只剩 %d 字节", pages*page, size), false
	case int64(at(32)) > pages || int64(at(36)) > pages || (at(32) == 0) != (at(36) == 0):
		return "文件头写的空页对不上", true
	}
	return "", true
}
