"""An SMTP server on loopback for tests, over aiosmtpd (Debian's python3-aiosmtpd).

It prints "port N" when it listens. Each message that it accepted goes into a file of its own, with envelope and sign-in before it.
Its behaviour is told by options; recipients whose address starts so are treated so:
  refuse@  550    later@  450    hang@  no answer after DATA    drop@  connection closed after DATA, nothing kept
  closing@  421    big@  552 after DATA
The sender nobody@ gets 553.
"""
import argparse
import asyncio
import os
import ssl

from aiosmtpd.smtp import SMTP, AuthResult


class Store:
    def __init__(self, folder):
        self.folder = folder
        self.count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if not FAULTS:
            envelope.rcpt_tos.append(address)
            return '250 OK'
        if address.startswith('refuse@'):
            return '550 5.1.1 No such user here'
        if address.startswith('later@'):
            return '450 4.7.1 Greylisted, try again later'
        if address.startswith('closing@'):
            return '421 4.3.2 Shutting down'
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_MAIL(self, server, session, envelope, address, options):
        if address.startswith('nobody@'):
            return '553 5.1.8 Sender not allowed'
        envelope.mail_from = address
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        first = envelope.rcpt_tos[0] if FAULTS else ''
        if first.startswith('big@'):
            return '552 5.3.4 Too big'
        if first.startswith('hang@'):
            await asyncio.sleep(600)
        if first.startswith('drop@'):
            server.transport.close()
            return None
        self.count += 1
        signed_in = session.auth_data.decode() if session.authenticated else 'nobody'
        head = f'X-From: {envelope.mail_from}\r\nX-To: {",".join(envelope.rcpt_tos)}\r\nX-Signed-In: {signed_in}\r\nX-Tls: {session.ssl is not None or TLS}\r\n'
        path = os.path.join(self.folder, f'{self.count:04}')
        with open(path + '.part', 'wb') as file:
            file.write(head.encode() + envelope.original_content)
        os.rename(path + '.part', path + '.eml')
        return '250 Taken'


class Server(SMTP):
    async def smtp_EHLO(self, hostname):
        if HANG:
            await asyncio.sleep(600)
        return await super().smtp_EHLO(hostname)


def authenticate(server, session, envelope, mechanism, data):
    known = data.login.decode() == 'mailer' and data.password.decode() == 'Tr0ub4dor&3'
    return AuthResult(success=known, handled=False, auth_data=data.login)


parser = argparse.ArgumentParser()
parser.add_argument('folder')
parser.add_argument('--certificate')
parser.add_argument('--tls', choices=['none', 'starttls', 'tls'], default='none')
parser.add_argument('--sign-in', action='store_true')
parser.add_argument('--hang', action='store_true')
parser.add_argument('--no-faults', action='store_true')
arguments = parser.parse_args()
HANG = arguments.hang
FAULTS = not arguments.no_faults
TLS = arguments.tls == 'tls'
context = None
if arguments.tls != 'none':
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(arguments.certificate)


async def serve():
    handler = Store(arguments.folder)

    def protocol():
        starttls = context if arguments.tls == 'starttls' else None
        return Server(handler, hostname='localhost', tls_context=starttls, require_starttls=starttls is not None,
                      authenticator=authenticate if arguments.sign_in else None, auth_required=arguments.sign_in,
                      auth_require_tls=False, loop=asyncio.get_running_loop())

    listener = await asyncio.get_running_loop().create_server(protocol, '127.0.0.1', 0, ssl=context if TLS else None)
    print('port', listener.sockets[0].getsockname()[1], flush=True)
    await listener.serve_forever()

asyncio.run(serve())
