package bundle

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"io"

	"taizhang/model"
)

// A ZIP says everything about its files twice: before each file, and in the list at its
// end. archive/zip believes the list, other programs what stands before the file, so
// one ZIP can hold two bundles. Here both say the same, the files follow each other
// from the first byte to the list without a gap, and nothing stands where nobody looks:
// no extra fields (a ZIP64 needs them), no comments.

// Lengths of a ZIP's records without the texts behind them, and the flag of a file
// whose sizes stand behind it.
const (
	localHeader   = 30
	listHeader    = 46
	describedFlag = 0x8
)

// sides are what both records of a file must say alike.
type sides struct {
	flags, method, time, date uint16
	crc, packed, size         uint32
	name                      string
}

// checkLayout walks over a ZIP of which soundEnd and archive/zip found that its list is
// whole. files are as archive/zip read them.
func checkLayout(data []byte, files []*zip.File) error {
	u16, u32 := binary.LittleEndian.Uint16, binary.LittleEndian.Uint32
	list := data[u32(data[len(data)-endRecord+16:]) : len(data)-endRecord]
	body := data[:len(data)-endRecord-len(list)]
	at := 0
	for _, f := range files {
		if len(list) < listHeader || !bytes.HasPrefix(list, []byte("PK\x01\x02")) {
			return refuse(CodeZIP, "的文件清单不完整")
		}
		length, extra, comment := int(u16(list[28:])), u16(list[30:]), u16(list[32:])
		if extra != 0 || comment != 0 || len(list) < listHeader+length {
			return refuse(CodeZIP, "里的 %q 带着不该有的附加内容", f.Name)
		}
		want := sides{u16(list[8:]), u16(list[10:]), u16(list[12:]), u16(list[14:]), u32(list[16:]), u32(list[20:]), u32(list[24:]), string(list[listHeader:][:length])}
		switch {
		case want.name != f.Name || u16(list[34:]) != 0:
			return refuse(CodeZIP, "的文件清单不完整")
		case int64(u32(list[42:])) != int64(at):
			return refuse(CodeZIP, "里的 %q 前面夹带了别的内容,或者与别的文件重叠", f.Name)
		}
		end, err := want.pass(body, at)
		if err != nil {
			return err
		}
		list, at = list[listHeader+length:], end
	}
	if len(list) > 0 || at != len(body) {
		return refuse(CodeZIP, "的文件之间夹带了别的内容")
	}
	return nil
}

// pass compares the record before a file with the list's and gives where the file ends.
func (want *sides) pass(body []byte, at int) (end int, err error) {
	u16, u32 := binary.LittleEndian.Uint16, binary.LittleEndian.Uint32
	if len(body)-at < localHeader || !bytes.HasPrefix(body[at:], []byte("PK\x03\x04")) {
		return 0, refuse(CodeZIP, "里的 %q 不在清单说的位置", want.name)
	}
	head := body[at:]
	length, extra := int(u16(head[26:])), u16(head[28:])
	if extra != 0 {
		return 0, refuse(CodeZIP, "里的 %q 带着不该有的附加内容", want.name)
	}
	if len(head) < localHeader+length || string(head[localHeader:][:length]) != want.name {
		return 0, refuse(CodeZIP, "里的 %q 在文件头里是另一个名字", want.name)
	}
	have := sides{u16(head[6:]), u16(head[8:]), u16(head[10:]), u16(head[12:]), u32(head[14:]), u32(head[18:]), u32(head[22:]), want.name}
	described := want.flags&describedFlag != 0
	if described && have.crc == 0 && have.packed == 0 && have.size == 0 {
		have.crc, have.packed, have.size = want.crc, want.packed, want.size
	}
	if have != *want {
		return 0, want.differs()
	}
	rest := head[localHeader+length:]
	if uint64(want.packed) > uint64(len(rest)) {
		return 0, refuse(CodeZIP, "里的 %q 不完整", want.name)
	}
	end = len(body) - len(rest) + int(want.packed)
	if !described {
		return end, nil
	}
	behind, _ := bytes.CutPrefix(body[end:], []byte("PK\x07\x08"))
	if len(behind) < 12 || u32(behind) != want.crc || u32(behind[4:]) != want.packed || u32(behind[8:]) != want.size {
		return 0, want.differs()
	}
	return len(body) - len(behind) + 12, nil
}

func (want *sides) differs() *model.Error {
	return refuse(CodeZIP, "里的 %q 在文件头和清单里说的大小、压缩方法或时间不一样", want.name)
}

// inflate is the decompressor of a bundle's ZIP: it takes no compressed text behind
// which something else stands.
func inflate(packed io.Reader) io.ReadCloser {
	in := bufio.NewReader(packed)
	return &exactInflater{in: in, ReadCloser: flate.NewReader(in)}
}

type exactInflater struct {
	in *bufio.Reader
	io.ReadCloser
}

// Read implements io.Reader.
func (x *exactInflater) Read(p []byte) (int, error) {
	n, err := x.ReadCloser.Read(p)
	if errors.Is(err, io.EOF) {
		if _, more := x.in.Peek(1); more == nil {
			return n, zip.ErrFormat
		}
	}
	return n, err
}
