package bundle

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"

	"taizhang/model"
)

// Encrypt writes data as an age v1 file that the county's identity alone opens.
// recipient is the profile's; errors of w are passed on.
func Encrypt(w io.Writer, data []byte, recipient string) error {
	r, err := age.ParseX25519Recipient(recipient)
	if err != nil {
		return model.Errorf("E-PROFILE", "县里的配置文件里的公钥不对,请向县(市)委组织部重新要一份配置文件")
	}
	out, err := age.Encrypt(w, r)
	if err != nil {
		return fmt.Errorf("encrypt: %w", err)
	}
	if _, err := out.Write(data); err != nil {
		return fmt.Errorf("encrypt: %w", err)
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("encrypt: %w", err)
	}
	return nil
}

// Unwrap reads a bundle's file into memory and takes the age layer off; a plain
// bundle (--plain) is given as it is, with plain true. A ZIP around one bundle is
// unpacked first. Errors are *model.Error:
// CodeZIP for a file that is no bundle or too large, E-BUNDLE-KEY for one that was
// made for another county; and those of r.
func Unwrap(r io.Reader, identity age.Identity) (data []byte, plain bool, err error) {
	start := make([]byte, len(ageIntro))
	n, err := io.ReadFull(r, start)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, false, fmt.Errorf("read bundle: %w", err)
	}
	start = start[:n]
	r = io.MultiReader(bytes.NewReader(start), r)
	if bytes.HasPrefix(start, []byte("PK")) {
		if data, err = readBounded(r); err != nil {
			return nil, true, err
		}
		if inner := unpack(data); inner != nil {
			return Unwrap(bytes.NewReader(inner), identity)
		}
		return data, true, nil
	}
	if string(start) != ageIntro {
		return nil, false, refuse(CodeZIP, "不完整或不是报送包")
	}
	sealed := &source{r: io.LimitReader(r, MaxFile+1)}
	opened, err := age.Decrypt(sealed, identity)
	switch {
	case sealed.fault != nil:
		return nil, false, fmt.Errorf("read bundle: %w", sealed.fault)
	case err != nil:
		return nil, false, model.Errorf("E-BUNDLE-KEY", "报送包打不开")
	}
	data, err = io.ReadAll(io.LimitReader(opened, MaxSize+1))
	switch {
	case sealed.fault != nil:
		return nil, false, fmt.Errorf("read bundle: %w", sealed.fault)
	case err == nil && len(data) > MaxSize:
		return nil, false, tooLarge()
	case err != nil:
		return nil, false, refuse(CodeZIP, "不完整或已损坏")
	}
	return data, false, nil
}

// source keeps faults of the disk apart from faults of the file.
type source struct {
	r     io.Reader
	fault error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && err != io.EOF {
		s.fault = err
	}
	return n, err
}

func tooLarge() *model.Error { return refuse(CodeZIP, "超过 %d 兆字节", MaxSize>>20) }

// readBounded reads a plain bundle.
func readBounded(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("read bundle: %w", err)
	}
	if len(data) > MaxSize {
		return nil, tooLarge()
	}
	return data, nil
}
