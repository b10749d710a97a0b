package bundle

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io/fs"
	"strings"
	"time"

	"taizhang/model"
)

// Bounds of the ZIP's list of files. A list is read whole before anything else, so
// its length is bounded first.
const (
	maxFiles     = 1000
	maxDirectory = 1 << 20
	endRecord    = 22 // bytes of the record at the end of a ZIP without a comment
)

var entryName = model.NewPattern(`^(datapackage\.json(\.minisig)?|data/[a-z][a-z0-9_]{0,79}\.csv)$`)

// listZIP gives the files of a ZIP by name. It takes only what Builder writes:
// archive/zip by itself hands out duplicates, ../ and links without a word.
func listZIP(data []byte) (map[string]*zip.File, error) {
	if len(data) > MaxSize {
		return nil, tooLarge()
	}
	if !soundEnd(data) {
		return nil, refuse(CodeZIP, "不完整或不是报送包")
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, refuse(CodeZIP, "不完整或不是报送包")
	}
	z.RegisterDecompressor(zip.Deflate, inflate)
	files := make(map[string]*zip.File, len(z.File))
	folded := map[string]bool{}
	var total uint64
	for _, f := range z.File {
		lower := strings.ToLower(f.Name)
		switch {
		case !entryName.MatchString(f.Name):
			return nil, refuse(CodeFiles, "里有不该有的文件 %q", f.Name)
		case folded[lower]:
			return nil, refuse(CodeFiles, "里有重名的文件 %q", f.Name)
		case !f.Mode().IsRegular() || f.Mode().Perm()&fs.FileMode(0o111) != 0:
			return nil, refuse(CodeFiles, "里的 %q 不是普通文件", f.Name)
		case f.Method != zip.Deflate && f.Method != zip.Store, f.Flags&^uint16(0x8) != 0:
			return nil, refuse(CodeZIP, "里的 %q 用了不认识的压缩或加密", f.Name)
		}
		if total += f.UncompressedSize64; f.UncompressedSize64 > MaxSize || total > MaxSize {
			return nil, refuse(CodeZIP, "解开后超过 %d 兆字节", MaxSize>>20)
		}
		folded[lower] = true
		files[f.Name] = f
	}
	return files, checkLayout(data, z.File)
}

// soundEnd reads the record at the end of a ZIP: one disk, a short list that ends
// where the record begins, no comment, nothing behind. (A ZIP64 would have 0xffff
// files and is refused by that.)
func soundEnd(data []byte) bool {
	if len(data) < endRecord || !bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return false
	}
	end := data[len(data)-endRecord:]
	u16 := binary.LittleEndian.Uint16
	u32 := binary.LittleEndian.Uint32
	files, size, start := u16(end[10:]), u32(end[12:]), u32(end[16:])
	return bytes.HasPrefix(end, []byte("PK\x05\x06")) &&
		u16(end[4:]) == 0 && u16(end[6:]) == 0 && u16(end[8:]) == files && u16(end[20:]) == 0 &&
		files <= maxFiles && size <= maxDirectory &&
		uint64(start)+uint64(size)+endRecord == uint64(len(data))
}

func validStamp(s string) bool {
	_, err := time.Parse(stampLayout, s)
	return err == nil
}
