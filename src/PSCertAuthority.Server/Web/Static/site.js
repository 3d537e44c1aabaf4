'use strict';
// A request chosen as a file is shown in the text field, where it can be looked at before it is sent. DER becomes base64.
for (const file of document.querySelectorAll('input[type=file][data-into]')) {
    file.addEventListener('change', async () => {
        if (!file.files.length)
            return;
        const octets = new Uint8Array(await file.files[0].arrayBuffer());
        const field = document.getElementById(file.dataset.into);
        field.value = octets[0] === 0x30 ? btoa(String.fromCharCode(...octets)) : new TextDecoder().decode(octets);
        field.focus();
    });
}

// Who uses a screen reader or the keyboard is taken to what went wrong.
document.querySelector('[data-focus]')?.focus();

// Two clicks are one act.
for (const form of document.querySelectorAll('form[method=post]')) {
    form.addEventListener('submit', event => {
        if (form.dataset.sent)
            event.preventDefault();
        // What is downloaded leaves the page as it is.
        form.dataset.sent = 'yes';
        setTimeout(() => delete form.dataset.sent, 3000);
    });
}
