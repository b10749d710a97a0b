package model

import "fmt"

// Error is a fault that the person at the keyboard can mend: Message is one
// Chinese sentence that says what is wrong and what to do. Any other error is a
// fault of the program or the machine.
type Error struct {
	Code    string // e.g. "E-REQUIRED"; stable, for tests and JSON
	Field   string // the field it is about, or ""
	Message string
}

// Error gives the Chinese message alone.
func (e *Error) Error() string { return e.Message }

// Errorf makes an Error without a field.
//
//go:noinline
func Errorf(code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}
